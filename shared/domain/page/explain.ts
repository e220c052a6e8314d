import { unreachable } from '../result/result.ts'
import { formatUtc } from '../text/utc.ts'
import type { Page, PageReason } from './schema.ts'
import type { HeldVerdict, PageVerdict } from './verdict.ts'
import { channelName, dropText, holdText } from './words.ts'

const NO_CHANNEL = 'no channel is set up: it is shown in the cockpit only.'

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
  const hasChannel = channels.length > 0
  switch (verdict.kind) {
    case 'asks-nobody':
      return { outcome: 'tells nobody now', reason: `it asks for nobody.${last}` }
    case 'held':
      if (!hasChannel) return { outcome: 'not told', reason: NO_CHANNEL }
      return {
        outcome: 'not told',
        reason: `${holdText[verdict.by]}${verdict.until === null ? '' : ` until ${formatUtc(verdict.until)}`}.${blindText(verdict)}${last}`,
      }
    case 'due':
      return hasChannel
        ? { outcome: 'about to be told', reason: `${dueText(verdict.reason)}${last}` }
        : { outcome: 'not told', reason: NO_CHANNEL }
    case 'told': {
      if (page?.at === verdict.at && !isHandedOver(page)) {
        return { outcome: 'not told yet', reason: `${pageText(page)} It is tried until it works.` }
      }
      const again = hasChannel
        ? `Told again at ${formatUtc(verdict.next)} at the earliest, if nobody takes it.`
        : 'Not told again: no channel is set up.'
      return {
        outcome: 'told',
        reason: `${last.trim() || `it was known at ${formatUtc(verdict.at)}.`} ${again}`,
      }
    }
    default:
      return unreachable(verdict)
  }
}

function dueText(reason: PageReason): string {
  return reason === 'blind'
    ? 'Deckwatch is blind there for ten minutes, and breaks through what was asked to be spared.'
    : 'it is due.'
}

function blindText({ breaksThroughAt }: HeldVerdict): string {
  return breaksThroughAt === undefined
    ? ''
    : ` Deckwatch is blind there: if that lasts until ${formatUtc(breaksThroughAt)}, it is told all the same.`
}

function isHandedOver({ deliveries }: Page): boolean {
  return Object.values(deliveries).some(({ state }) => state === 'sent')
}

function pageText({ deliveries, seen, isSummary }: Page): string {
  const told = Object.entries(deliveries).map(([channel, { state, at, problem, dropped }]) => {
    const name = channelName(channel)
    switch (state) {
      case 'sent':
        return `told on ${name} at ${formatUtc(at)}${isSummary ? ' in a summary' : ''}`
      case 'waiting':
        return problem ? `${name} could not be reached yet (${problem.message})` : `${name} is next`
      case 'failed':
        return `${name} could not be reached (${problem?.message ?? 'unknown'})`
      case 'dropped':
        return `not sent to ${name}, as ${dropText[dropped ?? 'over']}`
      default:
        return unreachable(state)
    }
  })
  const how = seen ? `, ${seen.how} at ${formatUtc(seen.at)}` : ''
  const text = `${told.join('; ')}${how}`
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
