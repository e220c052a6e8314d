import type { ConfigProblem } from '#shared/contract/messages.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { useMirror } from '../../state/context.ts'
import { sampleConfiguration } from '../../text/sample-configuration.ts'
import { ConfigProblems } from './config-problems.tsx'
import styles from './connect-guide.module.css'

const none: readonly ConfigProblem[] = []

/** How to go from the drill to real alerts. */
export function ConnectGuide() {
  const problems = useMirror(({ status }) => status?.config.problems ?? none)
  const isDrill = useMirror(({ status }) => (status?.drill ?? null) !== null)
  const path = useMirror(({ status }) => status?.config.path ?? 'deckwatch.yaml')
  return (
    <div className={styles.guide}>
      {problems.length > 0 ? (
        <div className={styles.problems}>
          <p>
            <strong>Your file has a mistake; what worked before stays in force:</strong>
          </p>
          <ConfigProblems problems={problems} />
        </div>
      ) : null}
      <p>
        {isDrill
          ? 'What you see now is a drill with made-up alerts, on this machine alone. To watch your own, save this file with your address:'
          : 'A file that works, to be saved with your address:'}
      </p>
      <div className={styles.path}>
        <code>{path}</code>
        <CopyButton text={path} what="the path" />
      </div>
      <div className={styles.sample}>
        <pre tabIndex={0}>{sampleConfiguration}</pre>
        <span className={styles.copy}>
          <CopyButton text={sampleConfiguration} what="the file" />
        </span>
      </div>
      <p>
        It is read as soon as it is saved, without a restart. A mistake in it is shown here with its
        line, and what worked before stays in force.
      </p>
      <p>
        Then its source appears at the top of the page, beside the name Deckwatch: press it for{' '}
        <strong>Test connection</strong>, which says what was found.
      </p>
    </div>
  )
}
