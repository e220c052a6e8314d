import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import type { Verdict } from '#shared/domain/execution/schema.ts'
import styles from './verdict-mark.module.css'

const marks = {
  'as-expected': { Icon: IconCheck, words: 'as expected' },
  'not-as-expected': { Icon: IconAlertTriangle, words: 'not as expected' },
  failed: { Icon: IconX, words: 'failed' },
} as const

/** What a result is worth, by sign and word; nothing where nothing says what to expect. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  if (verdict === 'unjudged') return null
  const { Icon, words } = marks[verdict]
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      <Icon size={15} stroke={2.5} aria-hidden="true" />
      {words}
    </span>
  )
}
