import { timesWords } from '../../text/times.ts'
import { lasting } from '../../handoff/clock-words.ts'
import type { Event } from '../../watch/event.ts'
import { recorded } from '../incident-facts.ts'
import { lineOf, type DraftContext, type SectionReader } from '../section.ts'

/** The hours in which a page wakes somebody: from, and to, by the wall clock. */
export const NIGHT = { from: 22, to: 7 } as const
/** Most pages that are looked at one by one. */
const MAX_PAGES = 5_000

interface Paged {
  readonly seq: number
  readonly at: number
  readonly isNight: boolean
  readonly incidentIds: readonly string[]
  acknowledged: { readonly seq: number; readonly at: number } | null
}

/** How often the person was paged, how often in the night, and how soon they acknowledged it. */
export function readWoken(context: DraftContext): SectionReader {
  const { period, words, isHandingOver, isLeftOut } = context
  const pages: Paged[] = []
  let more = 0

  function readPage(event: Event): void {
    const { body, seq, at } = event
    if (body.type !== 'page.requested' || at < period.from) return
    if (!isHandingOver(body.recipient)) return
    const incidentIds = body.incidentIds.filter((id) => !isLeftOut(id))
    if (incidentIds.length === 0) return
    if (pages.length >= MAX_PAGES) {
      more += 1
      return
    }
    const hour = words.hour(at)
    const isNight = hour >= NIGHT.from || hour < NIGHT.to
    pages.push({ seq, at, isNight, incidentIds, acknowledged: null })
  }

  return {
    read(event) {
      readPage(event)
      const { body, actor, seq } = event
      if (body.type !== 'incident.acknowledged') return
      if (actor.kind !== 'person' || !isHandingOver(actor.id)) return
      const { at } = recorded(event)
      for (const page of pages) {
        if (page.acknowledged === null && page.incidentIds.includes(body.incidentId)) {
          page.acknowledged = { seq, at }
        }
      }
    },
    lines() {
      const [first] = pages
      const last = pages.at(-1)
      if (!first || !last) return []
      const night = pages.filter(({ isNight }) => isNight)
      const total = pages.length + more
      const hours = (period.to - period.from) / 3_600_000
      const rate = (total / hours).toFixed(1)
      const span =
        first === last ? words.time(first.at) : `${words.time(first.at)} to ${words.time(last.at)}`
      const atNight =
        night.length === 0 ? 'none at night' : `${String(night.length)} at night (22:00 to 07:00)`
      const counted = lineOf('woken', {
        id: 'woken:pages',
        text: `Paged ${timesWords(total)}, ${span}: ${atNight}, ${rate} an hour`,
        events: pages.map(({ seq }) => seq),
      })
      const taken = pages.flatMap(({ at, acknowledged }) =>
        acknowledged ? [Math.max(0, acknowledged.at - at)] : [],
      )
      const open = pages.length - taken.length
      const took = taken.toSorted((a, b) => a - b)
      const longest = took.at(-1)
      if (longest === undefined) return [counted]
      const within =
        took.length === 1
          ? `Acknowledged after ${lasting(longest)}`
          : `Acknowledged after ${lasting(medianOf(took))} (median), ${lasting(longest)} at most`
      const rest =
        open === 0
          ? ''
          : `; ${open === 1 ? '1 page was' : `${String(open)} pages were`} acknowledged by somebody else or nobody`
      const acknowledgements = lineOf('woken', {
        id: 'woken:acknowledged',
        text: `${within}${rest}`,
        events: pages.flatMap(({ seq, acknowledged }) =>
          acknowledged ? [seq, acknowledged.seq] : [],
        ),
      })
      return [counted, acknowledgements]
    },
  }
}

/** @param sorted at least one number, ascending. */
function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2
  const [low = 0, high = 0] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
  return (low + high) / 2
}
