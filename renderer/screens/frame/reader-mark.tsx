import { rights } from '#shared/domain/person/right.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import styles from './reader-mark.module.css'

/** Who this browser is signed in as, where that is not the owner with all rights. */
export function ReaderMark() {
  const text = useMirror(({ status }) => {
    if (!status || status.you.rights.length === rights.length) return null
    return status.you.rights.includes('act') ? status.you.name : `${status.you.name}, read-only`
  })
  return text === null ? null : (
    <span className={styles.mark} title={`Signed in as ${text}`}>
      {text}
    </span>
  )
}
