import { useEffect, useState } from 'react'
import type { Announcement } from '../state/announcements.ts'
import { useCockpit } from '../state/context.ts'
import styles from './hidden.module.css'

/** Says what changed to who cannot see it. */
export function LiveRegion() {
  const { announcements } = useCockpit()
  const [said, setSaid] = useState<Announcement | null>(null)
  useEffect(() => announcements.add(setSaid), [announcements])
  return (
    <div className={styles.hidden}>
      <p role="status">{said?.politeness === 'polite' ? said.text : ''}</p>
      <p role="alert">{said?.politeness === 'assertive' ? said.text : ''}</p>
    </div>
  )
}
