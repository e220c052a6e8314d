import type { ConfigProblem } from '#shared/contract/messages.ts'
import { plural } from '../text/plural.ts'
import styles from './config-problems.module.css'

/** How many problems are listed before the rest is only counted. */
const SHOWN = 5

interface ConfigProblemsProps {
  readonly problems: readonly ConfigProblem[]
}

/** The places in the configuration that are not understood. */
export function ConfigProblems({ problems }: ConfigProblemsProps) {
  return (
    <>
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
    </>
  )
}
