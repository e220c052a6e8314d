import { CopyButton } from '../../components/copy-button.tsx'
import { refusalOf, rightRefusal } from '../../engine/commands/availability.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useSettings } from './settings-model.ts'
import { sampleConfiguration } from './sample-configuration.ts'
import { ConfigProblems } from '../../components/config-problems.tsx'
import styles from './settings.module.css'

/**
 * What stands against changing anything: the engine, or the file. To who may not configure it says
 * nothing: the section does.
 */
export function FileNotice() {
  const lost = useMirror((state) => refusalOf(state, 'settings.write'))
  const isForbidden = useMirror(({ status }) => rightRefusal(status, 'settings.read') !== null)
  const file = useSettings((state) => state.file)
  const unread = useSettings((state) => state.unread)
  if (isForbidden) return null
  if (lost !== null) {
    return (
      <p className={styles.notice} role="status">
        <strong>Saving is unavailable.</strong> {lost} Your changes stay here while the page is
        open.
      </p>
    )
  }
  if (unread) {
    return (
      <p className={styles.notice} role="status">
        <strong>Settings could not be loaded.</strong> {unread.message} {unread.hint}
      </p>
    )
  }
  if (!file || file.problems.length === 0) return null
  return (
    <div className={styles.notice} role="status">
      <p>
        <strong>Invalid configuration; using the last valid version.</strong> Fix it in an editor;
        until then nothing can be saved here.
      </p>
      <ConfigProblems problems={file.problems} />
      <details className={styles.sample}>
        <summary>Example of a valid file</summary>
        <pre tabIndex={0}>{sampleConfiguration}</pre>
        <CopyButton text={sampleConfiguration} what="the file" />
      </details>
    </div>
  )
}
