import { useMirror } from '../../state/context.ts'
import { describeQuiet } from '../../state/quiet.ts'
import styles from './quiet-line.module.css'

/** Why nothing is in the first section of the queue. */
export function QuietLine() {
  const sources = useMirror(({ watch }) => watch?.sources)
  const phase = useMirror(({ connection }) => connection.phase)
  if (!sources) return null
  const quiet = describeQuiet(sources, phase)
  return (
    <p className={styles.line} data-kind={quiet.kind}>
      {quiet.kind === 'calm' ? `${quiet.title}.` : `${quiet.title}. ${quiet.text}`}
    </p>
  )
}
