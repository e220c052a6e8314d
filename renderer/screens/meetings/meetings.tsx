import { useEffect, useRef } from 'react'
import {
  meetingIdOf,
  meetingKinds,
  meetingName,
  type MeetingKind,
} from '#shared/domain/meeting/schema.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import { timeFormat } from '../../text/time.ts'
import { AgendaLines } from './agenda-lines.tsx'
import { DecideForm } from './decide-form.tsx'
import { useMeetings, useMeetingsModel } from './meetings-context.ts'
import type { Agenda } from './meetings-model.ts'
import { OpenDecisions } from './open-decisions.tsx'
import { useMeetingKeys } from './use-meeting-keys.ts'
import styles from './meetings.module.css'

/** The meetings of the team: what was decided, what is to be gone through, what is decided now. */
export function Meetings() {
  const model = useMeetingsModel()
  const screen = useRef<HTMLElement>(null)
  const kind = useMeetings((state) => state.kind)
  const agenda = useMeetings((state) => state.agendas.get(state.kind))
  const error = useMeetings((state) => state.error)
  const isLoading = useMeetings((state) => state.isLoading)
  const isAway = useMirror(({ connection }) => connection.phase !== 'open')
  useEffect(() => model.attach(), [model])
  useMeetingKeys(screen)
  return (
    <main ref={screen} className={styles.screen} aria-label="Meetings">
      <div className={styles.inner}>
        <h1 className={styles.title}>Meetings</h1>
        <div className={styles.kinds} role="group" aria-label="Meeting">
          {meetingKinds.map((each) => (
            <button
              key={each}
              type="button"
              className={styles.kind}
              aria-pressed={each === kind}
              onClick={() => model.show(each)}
            >
              {meetingName[each]}
            </button>
          ))}
        </div>
        {agenda ? <Head kind={kind} agenda={agenda} /> : null}
        <OpenDecisions />
        {error ? (
          <p role="alert" className={styles.problem}>
            {error.message} {error.hint}
          </p>
        ) : null}
        {agenda ? (
          <AgendaLines agenda={agenda} />
        ) : (
          <NoAgenda isAway={isAway} isLoading={isLoading} />
        )}
        {agenda ? <DecideForm kind={kind} day={agenda.day} /> : null}
      </div>
    </main>
  )
}

function NoAgenda({
  isAway,
  isLoading,
}: {
  readonly isAway: boolean
  readonly isLoading: boolean
}) {
  if (isAway) {
    return (
      <p className={styles.empty}>
        Deckwatch is unreachable, and this agenda was not read before: it appears when the
        connection is back
      </p>
    )
  }
  return isLoading ? <p className={styles.empty}>Reading the journal…</p> : null
}

/** True where the team's clock shows another time than the reader's. */
function isElsewhere(zone: string, at: number): boolean {
  return timeFormat(zone).minute(at, at) !== timeFormat().minute(at, at)
}

interface HeadProps {
  readonly kind: MeetingKind
  readonly agenda: Agenda & { readonly loadedAt: number }
}

/** When it is, what it looks at, and whether it was held. */
function Head({ kind, agenda }: HeadProps) {
  const actions = useActions()
  const { day, at, from, to, zone, unreadable, loadedAt, lag } = agenda
  const held = useMirror(({ watch }) => watch?.heldMeetings.get(kind))
  const you = useMirror(({ status }) => status?.you.id)
  const refusedBecause = useMirror((state) => refusalOf(state, 'meeting.hold'))
  const isHeld = held?.meetingId === meetingIdOf(kind, day)
  return (
    <div className={styles.head}>
      <p className={styles.facts}>
        {meetingName[kind]} of {day}, <Instant at={at} precision="minute" zone={zone} /> (team zone{' '}
        {zone}
        {isElsewhere(zone, at) ? (
          <>
            ; <Instant at={at} precision="minute" /> here
          </>
        ) : null}
        ). Covers <Instant at={from} precision="minute" /> to <Instant at={to} precision="minute" />
        , read at <Instant at={loadedAt} precision="minute" />
        {lag.read < lag.recorded ? ', history is catching up' : ''}
        {unreadable > 0 ? `. ${plural(unreadable, 'event')} could not be read` : ''}. Practice is
        left out.
      </p>
      {isHeld ? (
        <p className={styles.answered}>
          Held <Instant at={held.at} precision="minute" />, recorded by {actorName(held.by)}
        </p>
      ) : (
        <span data-key="held">
          <ActionButton
            label="Meeting held"
            hint="H"
            refusedBecause={refusedBecause}
            onPress={() =>
              void actions.holdMeeting({ kind, day, people: you === undefined ? [] : [you] })
            }
          />
        </span>
      )}
    </div>
  )
}
