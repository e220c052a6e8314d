import { unreachable } from '../result/result.ts'
import { formatUtc } from '../text/utc.ts'
import type { Page } from './schema.ts'
import type { PageVerdict } from './verdict.ts'

/** Why a call is held back, as the end of a sentence. */
export const holdText = {
  'quiet-hours': 'it is quiet hours',
  'do-not-disturb': '“do not disturb” is on',
  focus: 'somebody is awake and stays on one incident',
  'severity-is-not-told': 'incidents of its severity are not told',
} as const

/** What a person calls a channel. */
export function channelName(channel: string): string {
  return channel === 'desktop' ? 'the desktop' : channel
}

/** What is known of telling somebody about an incident. */
export interface PagingFacts {
  readonly verdict: PageVerdict
  /** The channels that pages go to. */
  readonly channels: readonly string[]
  /** The last page about it, if there was one and it is still known. */
  readonly page: Page | undefined
}

/** "Was I told, and if not, why not?" as an outcome and a reason. Times are written in UTC. */
export function explainPaging({ verdict, channels, page }: PagingFacts): {
  readonly outcome: string
  readonly reason: string
} {
  const last = page ? ` ${pageText(page)}` : ''
  switch (verdict.kind) {
    case 'asks-nobody':
      return { outcome: 'tells nobody now', reason: `it asks for nobody.${last}` }
    case 'held':
      return {
        outcome: 'not told',
        reason: `${holdText[verdict.by]}${verdict.until === null ? '' : ` until ${formatUtc(verdict.until)}`}.${last}`,
      }
    case 'due':
      return channels.length === 0
        ? { outcome: 'not told', reason: 'no channel is set up: it is shown in the cockpit only.' }
        : { outcome: 'about to be told', reason: `it is due.${last}` }
    case 'told':
      return {
        outcome: 'told',
        reason: `${last.trim() || `it was known at ${formatUtc(verdict.at)}.`} Told again at ${formatUtc(verdict.next)} if nobody takes it.`,
      }
    default:
      return unreachable(verdict)
  }
}

function pageText({ deliveries, seen, isSummary }: Page): string {
  const told = Object.entries(deliveries).map(([channel, { state, at, problem }]) => {
    const name = channelName(channel)
    switch (state) {
      case 'sent':
        return `told on ${name} at ${formatUtc(at)}${isSummary ? ' in a summary' : ''}`
      case 'waiting':
        return problem ? `${name} could not be reached yet (${problem.message})` : `${name} is next`
      case 'failed':
        return `${name} could not be reached (${problem?.message ?? 'unknown'})`
      case 'dropped':
        return `not sent to ${name}, as nobody was asked for any more`
      default:
        return unreachable(state)
    }
  })
  const how = seen ? `, ${seen.how} at ${formatUtc(seen.at)}` : ''
  const text = `${told.join('; ')}${how}`
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
