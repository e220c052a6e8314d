import { useEffect, useState } from 'react'
import type { Announcement } from '../state/announcements.ts'
import { useCockpit } from '../state/context.ts'
import styles from './hidden.module.css'

/** Says what changed to who cannot see it. */
export function LiveRegion() {
  const { announcements } = useCockpit()
  const [said, setSaid] = useState({ polite: '', assertive: '' })
  useEffect(
    () =>
      announcements.add(({ politeness, text }: Announcement) => {
        // The same words twice are no change, and what does not change is not read out.
        setSaid((before) => ({
          ...before,
          [politeness]: before[politeness] === text ? `${text}\u00a0` : text,
        }))
      }),
    [announcements],
  )
  return (
    <div className={styles.hidden}>
      <p role="status">{said.polite}</p>
      <p role="alert">{said.assertive}</p>
    </div>
  )
}
