import { IconInfoCircle } from '@tabler/icons-react'
import { useShallow } from 'zustand/react/shallow'
import { useMirror } from '../../engine/cockpit/context.ts'
import styles from './source-remarks.module.css'

interface SourceRemarksProps {
  readonly sourceId: string
}

/** What a source that answers cannot tell or leaves unseen; nothing where there is no such thing. */
export function SourceRemarks({ sourceId }: SourceRemarksProps) {
  const texts = useMirror(
    useShallow(({ pulses }) => pulses.get(sourceId)?.value.remarks.map(({ text }) => text) ?? []),
  )
  if (texts.length === 0) return null
  return (
    <ul className={styles.remarks} aria-label="Remarks">
      {texts.map((text) => (
        <li key={text}>
          <IconInfoCircle size={14} aria-hidden="true" />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}
