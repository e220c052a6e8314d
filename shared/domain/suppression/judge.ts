import type { Alert, Labels, Observation, Suppression } from '../alert/schema.ts'
import { verdictOf, type SuppressionVerdict } from './verdict.ts'

/** What a judgement looks at: what the alert is, and what each source says of it. */
export type JudgedAlert = Pick<Alert, 'labels' | 'observations'>

/** What decides besides the alert. */
export interface SuppressionMoment {
  /** ms since the epoch, UTC. */
  readonly now: number
  /** The heartbeat that an alert listed by these sources is, as matcher text; null for others. */
  readonly heartbeatOf: (labels: Labels, sourceIds: readonly string[]) => string | null
}

/** Says why one kind of thing suppresses an alert at a moment; nothing when it does not. Pure. */
type Judge = (alert: JudgedAlert, moment: SuppressionMoment) => readonly Suppression[]

const none: readonly Suppression[] = []

/** What is to fire always suppresses itself: Deckwatch alerts when it goes missing. */
const heartbeat: Judge = ({ labels, observations }, { heartbeatOf }) => {
  const id = heartbeatOf(labels, Object.keys(observations))
  return id === null ? none : [{ kind: 'heartbeat', id }]
}

/**
 * A source that does not know of silences (null) has no vote; among those that do, one that shows the
 * alert as active wins: an alert is suppressed only when every source that could notify suppresses
 * it. Sources that lost their memory are heard only when no other one lists the alert. A silence ends
 * when its source says so, not when it was to end.
 */
const sources: Judge = ({ observations }) => {
  const all = Object.values(observations)
  // The usual case of a storm.
  if (!all.some(({ suppression }) => suppression !== null && suppression.length > 0)) return none
  const present = all.filter(({ presence }) => presence === 'present')
  const votes = (present.length > 0 ? present : all)
    .map(({ suppression }: Observation) => suppression)
    .filter((suppression) => suppression !== null)
  return votes.every((vote) => vote.length > 0) ? votes.flat() : none
}

/** Everything that suppresses alerts, by the kind of thing it is. One that is new is a line here. */
const judges = { heartbeat, sources } as const satisfies Readonly<Record<string, Judge>>

const inOrder: readonly Judge[] = Object.values(judges)

/**
 * Whether and why an alert is suppressed at a moment, and until when. Asked for what changed; what is
 * recorded of an alert is what this said, with its reasons, and nothing else is remembered.
 */
export function judgeSuppression(
  alert: JudgedAlert,
  moment: SuppressionMoment,
): SuppressionVerdict<Suppression> {
  const reasons = new Map<string, Suppression>()
  for (const judge of inOrder) {
    for (const reason of judge(alert, moment)) {
      const key = `${reason.kind} ${reason.id}`
      if (!reasons.has(key)) reasons.set(key, reason)
    }
  }
  const sorted = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reason]) => reason)
  return verdictOf(sorted, (reason) => (reason.kind === 'silence' ? reason.endsAt : null))
}
