import { withoutFullStop } from '../text/as-part.ts'
import { unreachable } from '../result/result.ts'
import { formatUtc } from '../text/utc.ts'
import type { GrowthFacts } from '../incident/growth.ts'
import type { Incident } from '../incident/schema.ts'
import type { Page, PageReason } from './schema.ts'
import type { HeldVerdict, PageVerdict } from './verdict.ts'
import { dropText, holdText, notificationName } from './words.ts'

const NO_CHANNEL = 'no notification channel is configured: shown in the cockpit only.'

/** What is known of the pages about an incident. */
export interface PagingFacts {
  readonly verdict: PageVerdict
  /** The channels that pages go to. */
  readonly channels: readonly string[]
  /** The last page about it, if there was one and it is still known. */
  readonly page: Page | undefined
  /** Left out where it is not known. */
  readonly growth?: GrowthFacts
}

/** "Was I paged, and if not, why not?" as an outcome and a reason. Times are written in UTC. */
export function explainPaging(
  { verdict, channels, page }: PagingFacts,
  incident: Pick<Incident, 'status' | 'snoozed' | 'acknowledged'>,
): {
  readonly outcome: string
  readonly reason: string
} {
  const last = page ? ` ${pageText(page)}` : ''
  const hasChannel = channels.length > 0
  switch (verdict.kind) {
    case 'no-page-needed':
      return {
        outcome: 'no page needed',
        reason: `${whyNoPage(incident)}.${last}`,
      }
    case 'held':
      if (!hasChannel) return { outcome: 'not notified', reason: NO_CHANNEL }
      return {
        outcome: 'not notified',
        reason: `${holdText[verdict.by]}${verdict.until === null ? '' : ` until ${formatUtc(verdict.until)}`}.${blindText(verdict)}${last}`,
      }
    case 'due':
      return hasChannel
        ? { outcome: 'notification pending', reason: `${dueText(verdict.reason)}${last}` }
        : { outcome: 'not notified', reason: NO_CHANNEL }
    case 'notified': {
      if (page?.at === verdict.at && !isHandedOver(page)) {
        return { outcome: 'notification pending', reason: `${pageText(page)} Deckwatch retries.` }
      }
      const again = hasChannel
        ? `Repeats at ${formatUtc(verdict.next)} or later if still unacknowledged.`
        : 'No repeat: no notification channel is configured.'
      return {
        outcome: 'notified',
        reason: `${last.trim() || `no page needed at ${formatUtc(verdict.at)}: somebody was working on it.`} ${again}`,
      }
    }
    default:
      return unreachable(verdict)
  }
}

/** Which of the states that need no page an incident is in. */
function whyNoPage({
  status,
  snoozed,
  acknowledged,
}: Pick<Incident, 'status' | 'snoozed' | 'acknowledged'>): string {
  if (status === 'closed' || status === 'resolved') return `the incident is ${status}`
  if (snoozed) return 'the incident is snoozed'
  return acknowledged ? 'the incident is acknowledged' : 'its alerts are suppressed'
}

function dueText(reason: PageReason): string {
  if (reason === 'blind') {
    return 'no alerts received for 10 min, which overrides quiet hours, do not disturb and focus.'
  }
  return reason === 'unknown-severity'
    ? 'its severity word is unknown, and pages once whatever is muted.'
    : 'due now.'
}

function blindText({ breaksThroughAt }: HeldVerdict): string {
  return breaksThroughAt === undefined
    ? ''
    : ` Deckwatch receives no alerts there: if that lasts until ${formatUtc(breaksThroughAt)}, it pages anyway.`
}

function isHandedOver({ deliveries }: Page): boolean {
  return Object.values(deliveries).some(({ state }) => state === 'sent')
}

function pageText({ deliveries, seen, isSummary }: Page): string {
  const states = Object.entries(deliveries).map(([channel, { state, at, problem, dropped }]) => {
    const name = notificationName(channel)
    switch (state) {
      case 'sent':
        return `${name} sent at ${formatUtc(at)}${isSummary ? ' in a summary' : ''}`
      case 'waiting':
        return problem
          ? `${name} failed so far (${withinBrackets(problem.message)})`
          : `${name} queued`
      case 'failed':
        return `${name} failed (${withinBrackets(problem?.message ?? 'unknown')})`
      case 'dropped':
        return `${name} cancelled: ${dropText[dropped ?? 'over']}`
      default:
        return unreachable(state)
    }
  })
  const how = seen ? `, ${seen.how} at ${formatUtc(seen.at)}` : ''
  const text = `${states.join('; ')}${how}`
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** A sentence inside another, whose own stop ends both. */
function withinBrackets(sentence: string): string {
  return withoutFullStop(sentence)
}
