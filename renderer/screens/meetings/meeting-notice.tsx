import { IconCalendarEvent } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { dueMeetings } from '#shared/domain/meeting/rhythm.ts'
import { meetingName, type HeldMeeting } from '#shared/domain/meeting/schema.ts'
import { Instant } from '../../components/instant.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit, useMirror, useUi } from '../../engine/cockpit/context.ts'
import styles from './meeting-notice.module.css'
import { useMeetings, useMeetingsModel } from './meetings-context.ts'

const none: ReadonlyMap<string, HeldMeeting> = new Map()
/** How often the time is looked at, ms. */
const LOOK_MS = 20_000

/**
 * Says calmly that a meeting is due; it pages nobody. Only to a team that meets by Deckwatch: one
 * that has written its rhythm down, or has recorded a meeting.
 */
export function MeetingNotice() {
  const { actions } = useCockpit()
  const model = useMeetingsModel()
  const now = useNow()
  const rhythm = useMeetings((state) => state.rhythm)
  const dismissed = useMeetings((state) => state.dismissed)
  const held = useMirror(({ watch }) => watch?.heldMeetings ?? none)
  const isSaidThere = useUi(({ screen }) => screen === 'meetings')
  if (!rhythm || isSaidThere || (!rhythm.isWritten && held.size === 0)) return null
  const [due] = dueMeetings({ ...rhythm, holidays: new Map(rhythm.holidays) }, now, held).filter(
    ({ id }) => !dismissed.has(id),
  )
  if (!due) return null
  return (
    <div className={styles.line} role="status">
      <IconCalendarEvent size={15} aria-hidden="true" />
      <p className={styles.text}>
        {meetingName[due.kind]} due since <Instant at={due.at} precision="minute" />
      </p>
      <TextButton onClick={() => actions.showMeeting(due.kind)}>Open the agenda</TextButton>
      <TextButton onClick={() => model.dismiss(due.id)}>Dismiss</TextButton>
    </div>
  )
}

/** The engine's time, looked at now and then. */
function useNow(): number {
  const { engineNow } = useCockpit()
  const [now, setNow] = useState(engineNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(engineNow()), LOOK_MS)
    return () => clearInterval(timer)
  }, [engineNow])
  return now
}
