import { hasPassed } from '../alert/flapping.ts'
import type { NotificationPolicy } from '../configuration/schema.ts'
import { needsResponse, type Incident } from '../incident/schema.ts'
import { alertsOf } from '../incident/members.ts'
import { OWNER_ID } from '../person/schema.ts'
import { nothingMuted, type Muting } from '../muting/schema.ts'
import { compareSeverity, type Severity } from '../severity/schema.ts'
import type { PagingState } from './facts.ts'
import { BLIND_FOR_MS, blindIncidents, isBlindTooLong } from './blindness.ts'
import { quietUntil } from '../quiet-hours/quiet-hours.ts'
import type { PageReason } from './schema.ts'
import { askingWords, askingWordsOf, haveWordsPagedEnough } from './unknown-words.ts'
import { heldOf, pagedOf, type HoldReason } from '../incident/paging.ts'

/** Whether a person is to be called about an incident now, and if not, why not. Times in ms, UTC. */
export type PageVerdict =
  /** No page is needed: acknowledged, over, snoozed or suppressed. */
  | { readonly kind: 'no-page-needed' }
  /** It was paged, and is paged again at `next` unless somebody acknowledges it. */
  | { readonly kind: 'notified'; readonly at: number; readonly next: number }
  | { readonly kind: 'due'; readonly reason: PageReason }
  | {
      readonly kind: 'held'
      readonly by: HoldReason
      readonly until: number | null
      /** When a person is called all the same, as Deckwatch is blind; left out when never. */
      readonly breaksThroughAt?: number
    }

/** That a call has to wait, and for what. */
export type HeldVerdict = Extract<PageVerdict, { kind: 'held' }>

/** What decides besides the incident. Made once for a look at many incidents. */
export interface VerdictContext {
  readonly policy: NotificationPolicy
  /** Who would be paged. */
  readonly recipient: string
  readonly muting: Muting
  /** ms since the epoch, UTC. */
  readonly now: number
  /** The end of the quiet hours that it is now, ms since the epoch, UTC; null outside of them. */
  readonly quietHoursUntil: number | null
  /** Since when an incident says that Deckwatch is blind, ms since the epoch, UTC; null if not. */
  readonly blindSince: (incidentId: string) => number | null
  /**
   * Spellings of the unknown severity words of an incident that have not paged yet; none while enough
   * of them have within the hour.
   *
   * @param since only of alerts that fired after that, ms since the epoch, UTC.
   */
  readonly newWords: (incidentId: string, since?: number) => readonly string[]
}

/**
 * Looks at the clock once for many incidents. Quiet hours, do-not-disturb and focus are the owner's:
 * they hold back nobody else's pages.
 */
export function verdictContext(
  policy: NotificationPolicy,
  state: Pick<PagingState, 'muting' | 'alerts' | 'members' | 'pages' | 'pagedWords'>,
  now: number,
  recipient: string = OWNER_ID,
): VerdictContext {
  const { muting, alerts } = state
  const isOwner = recipient === OWNER_ID
  // Looked for among all alerts, so only where a call is held back, and once.
  let blind: ReadonlyMap<string, number> | null = null
  let isEnough: boolean | null = null
  const newWords = (id: string, since?: number) => {
    const words = newWordsOf(id, state, since)
    if (words.length === 0) return words
    isEnough ??= haveWordsPagedEnough(state.pages, recipient, now)
    return isEnough ? [] : words
  }
  return {
    policy,
    recipient,
    muting: isOwner ? muting : nothingMuted,
    now,
    quietHoursUntil: isOwner ? quietUntil(policy.quietHours, now) : null,
    blindSince: (id) => (blind ??= blindIncidents(alerts.values())).get(id) ?? null,
    newWords,
  }
}

function newWordsOf(
  incidentId: string,
  state: Pick<PagingState, 'alerts' | 'members' | 'pagedWords'>,
  since?: number,
): readonly string[] {
  const words = askingWordsOf(incidentId, state).filter((word) => !state.pagedWords.includes(word))
  if (words.length === 0 || since === undefined) return words
  const joined = askingWords(
    alertsOf(state, incidentId).filter(({ statusSince }) => statusSince > since),
  )
  return words.filter((word) => joined.includes(word))
}

/** True for a severity that reaches a person whatever they have muted. */
export function breaksThrough(severity: Severity, policy: NotificationPolicy): boolean {
  return compareSeverity(severity, policy.breaksThrough) <= 0
}

/**
 * Level, not edge: it is decided by how things stand, so whatever held a call back, the call is made
 * once that ends, and a crash in between changes nothing.
 */
export function pageVerdict(incident: Incident, context: VerdictContext): PageVerdict {
  if (!needsResponse(incident)) {
    const at = putAsideAt(incident)
    return at !== null && context.newWords(incident.id, at).length > 0
      ? { kind: 'due', reason: 'unknown-severity' }
      : { kind: 'no-page-needed' }
  }
  const verdict = usualVerdict(incident, context)
  // What pages anyway pages for its own reason.
  if (verdict.kind === 'due' || context.newWords(incident.id).length === 0) return verdict
  return { kind: 'due', reason: 'unknown-severity' }
}

/**
 * When a person answered an incident that goes on, ms since the epoch, UTC; null for any other. They
 * did not see the word of an alert that joins later, and nobody knows how bad it is.
 */
export function putAsideAt({
  status,
  acknowledged,
  snoozed,
}: Pick<Incident, 'status' | 'acknowledged' | 'snoozed'>): number | null {
  if (status === 'acknowledged') return acknowledged?.at ?? null
  return status === 'triggered' ? (snoozed?.at ?? null) : null
}

/** The verdict on an incident that needs a response, whatever its severity words. */
function usualVerdict(incident: Incident, context: VerdictContext): PageVerdict {
  const { policy, recipient, now } = context
  const { severity } = incident
  const paged = pagedOf(incident, recipient)
  const isTold = paged !== null && paged.askedAt === incident.triggeredAt
  const { repeat } = policy[severity]
  if (isTold && !hasPassed(paged.at, repeat, now)) {
    return { kind: 'notified', at: paged.at, next: paged.at + repeat }
  }
  const hold = holdOf(incident, context)
  if (hold) return hold
  if (isTold) return { kind: 'due', reason: 'repeat' }
  if (mutedBy(incident, context)) return { kind: 'due', reason: 'blind' }
  return { kind: 'due', reason: heldOf(incident, recipient) ? 'held-until-now' : 'asks' }
}

/** Why a call about this incident has to wait, if it is made at all; null when it has not. */
export function holdOf(
  incident: Pick<Incident, 'id' | 'severity'>,
  context: VerdictContext,
): HeldVerdict | null {
  if (!context.policy[incident.severity].notify) return held('severity-is-not-told', null)
  const muted = mutedBy(incident, context)
  if (!muted) return null
  const blindSince = context.blindSince(incident.id)
  if (blindSince === null) return muted
  if (isBlindTooLong(blindSince, context.now)) return null
  return { ...muted, breaksThroughAt: blindSince + BLIND_FOR_MS }
}

/** What mutes this incident: focus, do not disturb or quiet hours; null when nothing does. */
function mutedBy(
  { id, severity }: Pick<Incident, 'id' | 'severity'>,
  { policy, muting, now, quietHoursUntil }: VerdictContext,
): HeldVerdict | null {
  if (breaksThrough(severity, policy)) return null
  // Whoever focuses on an incident wants to know that it got worse.
  if (muting.focus && muting.focus.incidentId !== id) return held('focus', null)
  if (muting.quiet && muting.quiet.until > now) {
    return held('do-not-disturb', muting.quiet.until)
  }
  return quietHoursUntil === null ? null : held('quiet-hours', quietHoursUntil)
}

function held(by: HoldReason, until: number | null): HeldVerdict {
  return { kind: 'held', by, until }
}
