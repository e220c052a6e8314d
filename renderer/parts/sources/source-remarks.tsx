import { IconInfoCircle } from '@tabler/icons-react'
import styles from './source-remarks.module.css'
import { useRemarkTexts } from './use-remark-texts.ts'

interface SourceRemarksProps {
  readonly sourceId: string
}

/** What a source that answers cannot tell or leaves unseen; nothing where there is no such thing. */
export function SourceRemarks({ sourceId }: SourceRemarksProps) {
  const texts = useRemarkTexts(sourceId)
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
