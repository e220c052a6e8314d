import { useMirror, useUi } from '../../engine/cockpit/context.ts'
import { describeQuiet } from '../../engine/watch/quiet.ts'
import styles from './quiet-line.module.css'

/** Why nothing is in the first section of the queue. */
export function QuietLine() {
  const sources = useMirror(({ watch }) => watch?.sources)
  const phase = useMirror(({ connection }) => connection.phase)
  const unrecorded = useMirror(({ status }) => status?.unrecorded)
  // With nothing selected the middle of the screen says it at length.
  const isSaidBeside = useUi(({ selectedId }) => selectedId === null)
  if (!sources) return null
  const quiet = describeQuiet(sources, phase, unrecorded)
  // Which sources fail stands above, and is an alert of its own.
  const isSaid = quiet.kind === 'calm' || quiet.kind === 'unknown' || isSaidBeside
  return (
    <p className={styles.line} data-kind={quiet.kind} title={quiet.text}>
      {isSaid ? quiet.title : `${quiet.title}. ${quiet.text}`}
    </p>
  )
}
