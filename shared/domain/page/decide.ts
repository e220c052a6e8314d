import type { NotificationPolicy } from '../configuration/schema.ts'
import { heldOf, pagedOf } from '../incident/paging.ts'
import type { Incident } from '../incident/schema.ts'
import { OWNER_ID } from '../person/schema.ts'
import { compareSeverity, isWorse, type Severity } from '../severity/schema.ts'
import type { PageBody } from './events.ts'
import type { PagingState } from './facts.ts'
import { worstOf } from './compose.ts'
import { incidentTag, SUMMARY_TAG, type Page, type PageReason } from './schema.ts'
import { pageVerdict, verdictContext, type PageVerdict } from './verdict.ts'

/** So many pages within this time, ms, and what follows goes into a summary. */
const STORM_PAGES = 5
const STORM_MS = 60_000
/** A summary replaces the last one after this, ms; sooner only when it is about something worse. */
const SUMMARY_EVERY_MS = 10_000

type Requested = Extract<PageBody, { type: 'page.requested' }>
type HeldBody = Extract<PageBody, { type: 'page.held' }>

/** The channels that reach a person, by recipient. */
export type Recipients = Readonly<Record<string, readonly string[]>>

/** What decides besides the state. */
export interface PageContext {
  readonly policy: NotificationPolicy
  /** Who is paged, and on which channels; nobody is without one. */
  readonly recipients: Recipients
  /** ms since the epoch, UTC. */
  readonly now: number
  /** The same parts give the same id on every machine. */
  readonly derive: (...parts: readonly string[]) => string
}

interface Due {
  readonly incident: Incident
  readonly reason: PageReason
}

/**
 * Whom to tell of these incidents now: pages, one for each or a summary where there are many, and
 * what is held back. Pure.
 */
export function decidePages(
  state: PagingState,
  incidents: Iterable<Incident>,
  context: PageContext,
): readonly (Requested | HeldBody)[] {
  const all = [...incidents]
  return Object.entries(context.recipients).flatMap(([id, channels]) =>
    channels.length === 0 ? [] : decideFor({ id, channels }, state, all, context),
  )
}

interface Recipient {
  readonly id: string
  readonly channels: readonly string[]
}

/** Each person is paged by what they were paged before: what one has seen holds no other's page. */
function decideFor(
  recipient: Recipient,
  state: PagingState,
  incidents: readonly Incident[],
  context: PageContext,
): readonly (Requested | HeldBody)[] {
  const look = verdictContext(context.policy, state, context.now, recipient.id)
  // One page for each word, also where several incidents have it at once.
  const taken = new Set<string>()
  const newWords = (id: string, since?: number) =>
    look.newWords(id, since).filter((word) => !taken.has(word))
  const due: Due[] = []
  const held: { incident: Incident; verdict: Extract<PageVerdict, { kind: 'held' }> }[] = []
  for (const incident of incidents) {
    const verdict = pageVerdict(incident, { ...look, newWords })
    if (verdict.kind === 'due') {
      due.push({ incident, reason: verdict.reason })
      for (const word of look.newWords(incident.id)) taken.add(word)
    } else if (verdict.kind === 'held' && isNews(incident, recipient, verdict)) {
      held.push({ incident, verdict })
    }
  }
  return [...decideDue(due, recipient, state, context), ...toHeld(held, recipient)]
}

/** True when it is not on the record yet that this call is held back, and why. */
function isNews(
  incident: Incident,
  { id }: Recipient,
  verdict: Extract<PageVerdict, { kind: 'held' }>,
): boolean {
  // That a severity does not page is the configuration's word, the same for every incident of it.
  if (verdict.by === 'severity-is-not-told') return false
  const held = heldOf(incident, id)
  return held?.by !== verdict.by || held.at < incident.triggeredAt
}

function toHeld(
  held: readonly { incident: Incident; verdict: Extract<PageVerdict, { kind: 'held' }> }[],
  { id: recipient }: Recipient,
): HeldBody[] {
  const groups = Map.groupBy(held, ({ verdict }) => `${verdict.by} ${String(verdict.until)}`)
  return [...groups.values()].flatMap((group): HeldBody[] => {
    const [first] = group
    if (!first) return []
    const incidentIds = group.map(({ incident }) => incident.id).sort()
    const { by, until } = first.verdict
    return [
      {
        type: 'page.held',
        incidentId: group.length === 1 ? first.incident.id : null,
        recipient,
        incidentIds,
        by,
        until,
        pagesWords: true,
      },
    ]
  })
}

function decideDue(
  due: readonly Due[],
  recipient: Recipient,
  state: PagingState,
  context: PageContext,
): Requested[] {
  if (due.length === 0) return []
  const { policy, now } = context
  const recent = [...state.pages.values()].filter(
    (page) => page.recipient === recipient.id && page.at > now - STORM_MS && page.at <= now,
  )
  const lastSummary = recent.findLast(({ isSummary }) => isSummary)
  const isStorm =
    due.length >= policy.summaryFrom ||
    recent.length + due.length > STORM_PAGES ||
    (due.length > 1 && lastSummary !== undefined)
  if (!isStorm) return due.map((each) => single(each, recipient, context))
  // The few worst are paged by their names also in a storm. A stream of them is not few.
  const critical = due.filter(({ incident }) => incident.severity === 'P0')
  const namedBefore = recent.filter(({ isSummary, severity }) => !isSummary && severity === 'P0')
  const named = namedBefore.length + critical.length < policy.summaryFrom ? critical : []
  const rest = due.filter((each) => !named.includes(each))
  return [
    ...named.map((each) => single(each, recipient, context)),
    ...decideRest(rest, recent, recipient, context),
  ]
}

/** In a storm: some at once are summed up; few wait for a breath, and one alone keeps its name. */
function decideRest(
  rest: readonly Due[],
  recent: readonly Page[],
  recipient: Recipient,
  context: PageContext,
): Requested[] {
  const [first] = rest
  if (!first) return []
  const { policy, now } = context
  // P0s that are paged by name do not count: a stream of them must not keep the rest waiting.
  const last = recent.findLast(({ isSummary, severity }) => isSummary || severity !== 'P0')
  const isBreathing = hasBreath(last, now)
  const before = first.incident.severity === 'P0' ? recent.at(-1) : last
  if (rest.length === 1 && hasBreath(before, now)) return [single(first, recipient, context)]
  const worst = worstOf(rest.map(({ incident }) => incident.severity))
  const isUrgent = last === undefined || isWorse(worst, last.severity)
  if (rest.length < policy.summaryFrom && !isBreathing && !isUrgent) return []
  return summary(
    rest,
    recent.findLast(({ isSummary }) => isSummary),
    recipient,
    context,
  )
}

function hasBreath(last: Page | undefined, now: number): boolean {
  return last === undefined || now - last.at >= SUMMARY_EVERY_MS
}

function single(
  { incident, reason }: Due,
  recipient: Recipient,
  { derive }: PageContext,
): Requested {
  return {
    type: 'page.requested',
    pageId: derive('page', ...idPart(recipient), incident.id, countOf(incident, recipient)),
    incidentId: incident.id,
    recipient: recipient.id,
    tag: incidentTag(incident.id),
    reason,
    severity: incident.severity,
    incidentIds: [incident.id],
    channels: [...recipient.channels],
  }
}

function summary(
  due: readonly Due[],
  last: Page | undefined,
  recipient: Recipient,
  { derive, now }: PageContext,
): Requested[] {
  const severity: Severity = worstOf(due.map(({ incident }) => incident.severity))
  // What waits here is due at the next look.
  if (last && !hasBreath(last, now) && !isWorse(severity, last.severity)) return []
  const sorted = due.toSorted(
    (a, b) =>
      compareSeverity(a.incident.severity, b.incident.severity) ||
      (a.incident.id < b.incident.id ? -1 : 1),
  )
  const isRepeat = sorted.every(({ reason }) => reason === 'repeat')
  const isUnknown = sorted.every(({ reason }) => reason === 'unknown-severity')
  return [
    {
      type: 'page.requested',
      pageId: derive(
        'summary',
        ...idPart(recipient),
        ...sorted.flatMap(({ incident }) => [incident.id, countOf(incident, recipient)]),
      ),
      incidentId: null,
      recipient: recipient.id,
      tag: SUMMARY_TAG,
      reason: isRepeat ? 'repeat' : isUnknown ? 'unknown-severity' : 'asks',
      severity,
      incidentIds: sorted.map(({ incident }) => incident.id),
      channels: [...recipient.channels],
    },
  ]
}

function countOf(incident: Incident, { id }: Recipient): string {
  return `${String(incident.triggeredAt)} ${String(pagedOf(incident, id)?.count ?? 0)}`
}

/** Pages to the owner keep the ids that they had before there were other recipients. */
function idPart({ id }: Recipient): readonly string[] {
  return id === OWNER_ID ? [] : [id]
}
