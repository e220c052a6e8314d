import { CopyButton } from '../../components/copy-button.tsx'
import { useMirror } from '../../state/context.ts'
import { sampleConfiguration } from '../../text/sample-configuration.ts'
import styles from './connect-guide.module.css'

/** How to go from the drill to real alerts. */
export function ConnectGuide() {
  const path = useMirror(({ status }) => status?.config.path ?? 'deckwatch.yaml')
  return (
    <div className={styles.guide}>
      <p>
        What you see now is a drill with made-up alerts, on this machine alone. To watch your own,
        save this file with your address:
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
    </div>
  )
}
