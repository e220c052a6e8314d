import { useEffect, useState } from 'react'
import type { Announcement } from '../../engine/cockpit/announcements.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { nextSpoken, type Spoken } from './spoken.ts'
import styles from '../../components/hidden.module.css'

/** Says what changed to who cannot see it. */
export function LiveRegion() {
  const { announcements } = useCockpit()
  const [said, setSaid] = useState<Spoken>({ polite: '', assertive: '' })
  useEffect(() => {
    let announced: Announcement[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = announcements.add((announcement: Announcement) => {
      announced.push(announcement)
      timer ??= setTimeout(() => {
        const all = announced
        announced = []
        timer = undefined
        setSaid((before) => nextSpoken(before, all))
      })
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [announcements])
  return (
    <div className={styles.hidden}>
      <p role="status">{said.polite}</p>
      <p role="alert">{said.assertive}</p>
    </div>
  )
}
