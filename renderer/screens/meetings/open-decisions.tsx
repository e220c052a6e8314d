import {
  outcomeName,
  topicName,
  type FollowUpOutcome,
  type MeetingDecision,
} from '#shared/domain/meeting/schema.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import styles from './meetings.module.css'

const none: ReadonlyMap<string, MeetingDecision> = new Map()

const outcomes: readonly {
  readonly outcome: FollowUpOutcome
  readonly key: string
  readonly label: string
  readonly hint: string
}[] = [
  { outcome: 'done', key: 'done', label: 'Done', hint: 'D' },
  { outcome: 'not-done', key: 'not-done', label: 'Not done', hint: 'N' },
  { outcome: 'dropped', key: 'drop', label: 'Drop', hint: 'X' },
]

/** What was decided earlier and nobody has followed up: it is asked for first. */
export function OpenDecisions() {
  const actions = useActions()
  const decisions = useMirror(({ watch }) => watch?.meetingDecisions ?? none)
  const refusedBecause = useMirror((state) => refusalOf(state, 'meeting.follow-up'))
  const open = [...decisions.values()].filter(({ followedUp }) => followedUp === null)
  return (
    <section className={styles.section} aria-labelledby="open-decisions">
      <h2 id="open-decisions" className={styles.heading}>
        Decisions to follow up
        {open.length > 0 ? <span className={styles.count}> {open.length}</span> : null}
      </h2>
      {open.length === 0 ? <p className={styles.empty}>No open decision</p> : null}
      <ul className={styles.lines}>
        {open.map(({ id, text, topic, owner, dueAt, at, by }) => (
          <li key={id} className={styles.line} data-stop data-gap={owner === null}>
            <p className={styles.decision}>
              <span className={styles.words}>{text}</span>
              <span className={styles.facts}>
                {owner === null ? 'No owner' : owner.name} · {topicName[topic]} ·{' '}
                {dueAt === null ? null : (
                  <>
                    due <Instant at={dueAt} precision="minute" /> ·{' '}
                  </>
                )}
                {actorName(by)}, <Instant at={at} precision="minute" />
              </span>
            </p>
            <div className={styles.buttons}>
              {outcomes.map(({ outcome, key, label, hint }) => (
                <span key={key} data-key={key}>
                  <ActionButton
                    label={label}
                    hint={hint}
                    refusedBecause={refusedBecause}
                    onPress={() => void actions.followUp(id, outcome)}
                  />
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <FollowedUp decisions={decisions} />
    </section>
  )
}

/** What was said last of decisions, so that a second person sees it. */
function FollowedUp({ decisions }: { readonly decisions: ReadonlyMap<string, MeetingDecision> }) {
  const ended = [...decisions.values()]
    .flatMap(({ id, text, followedUp }) => (followedUp ? [{ id, text, followedUp }] : []))
    .toSorted((a, b) => b.followedUp.at - a.followedUp.at)
    .slice(0, 3)
  if (ended.length === 0) return null
  return (
    <ul className={styles.lines} aria-label="Followed up last">
      {ended.map(({ id, text, followedUp: { outcome, by, at } }) => (
        <li key={id} className={styles.ended}>
          {text}: {outcomeName[outcome]} · {actorName(by)}, <Instant at={at} precision="minute" />
        </li>
      ))}
    </ul>
  )
}
