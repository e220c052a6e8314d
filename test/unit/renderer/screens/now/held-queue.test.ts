import { describe, expect, it } from 'vitest'
import { holdQueue } from '#renderer/screens/now/held-queue.ts'
import { toItems, toQueue } from '#renderer/engine/watch/queue.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const by = { kind: 'person', id: 'ada', name: 'ada' } as const
const itemsOf = (incidents: readonly Incident[]) => toItems(toQueue(incidents), new Set())
const a = incidentWith({ id: 'a', severity: 'P1' })
const b = incidentWith({ id: 'b' })

function hold(before: readonly Incident[], now: readonly Incident[]) {
  const { items, news } = holdQueue(
    itemsOf(before),
    itemsOf(now),
    new Map(now.map((each) => [each.id, each])),
  )
  return {
    lines: items.map((item) =>
      item.kind === 'incident'
        ? `${item.incident.id} ${item.section}`
        : `${item.section} ${String(item.count)}`,
    ),
    news: news && { ...news, added: news.added.length },
  }
}

describe('holdQueue', () => {
  it('leaves each line where it is and shows what is true of it now', () => {
    const taken: Incident = {
      ...a,
      status: 'acknowledged',
      acknowledged: { at: 1, by, severity: 'P1' },
    }
    expect(hold([a, b], [taken, b])).toEqual({
      lines: ['triggered 1', 'a acknowledged', 'b triggered'],
      news: { added: 0, gone: 0, isMoved: true },
    })
  })

  it('counts what came and what left, and takes in none of it', () => {
    expect(hold([a, b], [b, incidentWith({ id: 'worse', severity: 'P0' })])).toEqual({
      lines: ['triggered 2', 'a triggered', 'b triggered'],
      news: { added: 1, gone: 1, isMoved: false },
    })
  })

  it('has no news while nothing moves, and says that a section is empty', () => {
    expect(hold([a, b], [{ ...a, notes: 3 }, b]).news).toBeNull()
    expect(hold([a], []).lines).toEqual(['triggered 0', 'a triggered'])
  })
})
