// @vitest-environment jsdom
import { cleanup } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { TimelineEntry, TimelinePage } from '#shared/domain/timeline/timeline.ts'
import { Timeline } from '#renderer/parts/timeline/timeline.tsx'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const at = new Date('2023-11-14T22:00:00Z').getTime()

function entryWith(over: Partial<TimelineEntry>): TimelineEntry {
  return {
    seq: 1,
    at,
    actor: { kind: 'deckwatch' },
    count: 1,
    kind: 'alert',
    type: 'alert.fired',
    text: 'Alert fired: Slow',
    isDeed: false,
    last: { seq: over.seq ?? 1, at },
    ...over,
  }
}

function pageOf(entries: TimelineEntry[], over: Partial<TimelinePage> = {}): TimelinePage {
  const [first, last] = [entries[0], entries.at(-1)]
  return {
    entries,
    span: first && last ? { oldest: first.seq, newest: last.last.seq } : null,
    hasOlder: false,
    hasNewer: false,
    ...over,
  }
}

/** Another state in which the incident was held at a time: something is to be read. */
const heldAt = (time: number) =>
  ({
    type: 'snapshot',
    state: stateWith({
      seq: 2,
      incidents: [incidentWith({ id: 'i1', held: { me: { by: 'focus', at: time, until: null } } })],
    }),
  }) as const

async function showTimeline(entries: TimelineEntry[], hasOlder = false) {
  const shown = showCockpit(<Timeline incidentId="i1" />)
  // Changes that follow each other closely are asked for once.
  await shown.until(() => shown.asked('incident.timeline').length > 0)
  await shown.answer('incident.timeline', pageOf(entries, { hasOlder }))
  const rows = () => shown.screen.getAllByRole('listitem').map((each) => each.textContent)
  return { ...shown, rows }
}

describe('the timeline', () => {
  it('says who did what, and how many equal entries one stands for', async () => {
    const { rows } = await showTimeline([
      entryWith({ count: 3, objects: ['shop/cart-1', 'shop/cart-2', 'shop/cart-3'] }),
      entryWith({
        seq: 2,
        kind: 'person',
        actor: { kind: 'person', id: 'ada', name: 'ada' },
        text: 'acknowledged it',
        isDeed: true,
      }),
      entryWith({
        seq: 3,
        kind: 'person',
        actor: { kind: 'person', id: 'grace', name: 'grace' },
        text: 'snoozed the incident until',
        isDeed: true,
        until: at + 3_600_000,
      }),
    ])
    const [fired, taken, snoozed] = rows()
    expect(fired).toMatch(/fired: Slow shop\/cart-1, shop\/cart-2 and 1 more ×3$/)
    expect(taken).toMatch(/You acknowledged it$/)
    expect(snoozed).toMatch(/grace snoozed the incident until .*:00/)
  })

  it('shows a note as it was written, with links that can be followed and nothing else', async () => {
    const { screen, rows } = await showTimeline([
      entryWith({
        kind: 'note',
        actor: { kind: 'person', id: 'grace', name: 'grace' },
        text: 'see https://wiki.example/checkout <b>now</b>',
        isDeed: true,
      }),
    ])
    expect(rows()[0]).toContain('grace noted see')
    expect(rows()[0]).toContain('<b>now</b>')
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://wiki.example/checkout')
  })

  it('says when it was said and when it was recorded, where these differ', async () => {
    const { rows } = await showTimeline([
      entryWith({
        kind: 'person',
        actor: { kind: 'person', id: 'ada', name: 'ada', saidAt: at - 60_000 },
        text: 'acknowledged it',
        isDeed: true,
      }),
    ])
    expect(rows()[0]).toMatch(/delivered .*:00/)
  })

  it('says that there is more which cannot be read now, or that there is nothing', async () => {
    const cut = await showTimeline([entryWith({})], true)
    await cut.lose()
    await cut.until(() => cut.screen.queryByText(/Older entries are available/) !== null)
    expect(cut.screen.queryByRole('button', { name: /Older entries/ })).toBeNull()
    cleanup()
    const empty = await showTimeline([])
    expect(empty.screen.getByText('No entries')).toBeTruthy()
  })

  it('keeps what it read where the engine refuses to read on, and says why', async () => {
    const { screen, say, refuse, asked, until } = await showTimeline([entryWith({})])
    await say(heldAt(5_000))
    await until(() => asked('incident.timeline').length === 2)
    await refuse('incident.timeline', { code: 'internal', message: 'The disk is gone.' })
    expect(screen.getByText('The disk is gone.')).toBeTruthy()
    expect(screen.getByText('Alert fired: Slow')).toBeTruthy()
  })

  it('reads only what came after what it has, and folds it in', async () => {
    const { say, answer, asked, until, rows } = await showTimeline([
      entryWith({ seq: 7, count: 3, last: { seq: 9, at } }),
    ])
    await say(heldAt(5_000))
    await until(() => asked('incident.timeline').length === 2)
    expect(asked('incident.timeline')[1]).toEqual({ incidentId: 'i1', after: 8 })
    const more = entryWith({ seq: 9, count: 3, last: { seq: 11, at } })
    const note = entryWith({ seq: 12, kind: 'note', type: 'incident.noted', text: 'a note' })
    await answer('incident.timeline', pageOf([more, note], { hasOlder: true }))
    expect(rows()).toHaveLength(2)
    expect(rows()[0]).toMatch(/fired: Slow ×5$/)
  })

  it('begins anew when the journal is another one', async () => {
    const { say, answer, asked, until, rows } = await showTimeline([entryWith({ seq: 7 })])
    await say(heldAt(5_000))
    await until(() => asked('incident.timeline').length === 2)
    await answer('incident.timeline', pageOf([]))
    await until(() => asked('incident.timeline').length === 3)
    expect(asked('incident.timeline')[2]).toEqual({ incidentId: 'i1' })
    await answer('incident.timeline', pageOf([entryWith({ seq: 2, text: 'Alert fired: Other' })]))
    expect(rows()).toHaveLength(1)
    expect(rows()[0]).toContain('Other')
  })

  it('begins anew when the record of another incident came to it', async () => {
    const { say, answer, asked, until, rows } = await showTimeline([entryWith({ seq: 7 })])
    await say(heldAt(5_000))
    await until(() => asked('incident.timeline').length === 2)
    const merged = entryWith({ seq: 9, kind: 'incident', type: 'incident.merged', text: 'Merged' })
    await answer('incident.timeline', pageOf([entryWith({ seq: 7 }), merged]))
    await until(() => asked('incident.timeline').length === 3)
    expect(asked('incident.timeline')[2]).toEqual({ incidentId: 'i1' })
    const note = entryWith({ seq: 4, kind: 'note', type: 'incident.noted', text: 'of the other' })
    await answer('incident.timeline', pageOf([note, entryWith({ seq: 7 }), merged]))
    expect(rows()).toHaveLength(3)
  })

  it('reads older entries by its button and by its key, one page at a time', async () => {
    const { screen, user, answer, asked, until, rows, said } = await showTimeline(
      [entryWith({ seq: 50, last: { seq: 60, at }, count: 3 })],
      true,
    )
    const button = screen.getByRole('button', { name: /Older entries/ })
    await user.click(button)
    await user.click(button)
    expect(asked('incident.timeline').slice(1)).toEqual([{ incidentId: 'i1', before: 50 }])
    const older = entryWith({ seq: 40, last: { seq: 45, at }, count: 2 })
    await answer('incident.timeline', pageOf([older], { hasOlder: true, hasNewer: true }))
    expect(rows()).toEqual([expect.stringMatching(/fired: Slow ×5$/)])
    expect(document.activeElement).toBe(button)

    await user.keyboard('t')
    await until(() => asked('incident.timeline').length === 3)
    expect(asked('incident.timeline')[2]).toEqual({ incidentId: 'i1', before: 40 })
    const first = entryWith({ seq: 2, kind: 'note', type: 'incident.noted', text: 'a note' })
    await answer('incident.timeline', pageOf([first], { hasNewer: true }))
    expect(rows()).toHaveLength(2)
    expect(screen.queryByRole('button', { name: /Older entries/ })).toBeNull()
    // The button is gone, the place is not.
    expect(document.activeElement).toBe(screen.getByRole('group', { name: 'Timeline' }))

    await user.keyboard('t')
    expect(said.at(-1)?.text).toBe('No older entries')
  })
})
