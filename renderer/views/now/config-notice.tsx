import { IconFileAlert } from '@tabler/icons-react'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { Banner } from '../../components/banner.tsx'
import { useMirror } from '../../state/context.ts'
import { plural } from '../../text/plural.ts'
import styles from './config-notice.module.css'

const none: readonly ConfigProblem[] = []
/** How many problems are listed before the rest is only counted. */
const SHOWN = 5

/** What is not understood in the configuration, by place. */
export function ConfigNotice() {
  const problems = useMirror(({ status }) => status?.config.problems ?? none)
  if (problems.length === 0) return null
  return (
    <Banner
      tone="warn"
      icon={<IconFileAlert size={18} />}
      title="The configuration is not understood; the last good one stays in force"
    >
      <ul className={styles.list}>
        {problems.slice(0, SHOWN).map(({ file, line, column, message }) => (
          <li key={`${file}:${String(line)}:${String(column)} ${message}`}>
            <code>{`${file}:${String(line)}:${String(column)}`}</code> {message}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN ? (
        <p>and {plural(problems.length - SHOWN, 'more', 'more')}; deckwatch check lists all</p>
      ) : null}
    </Banner>
  )
}
