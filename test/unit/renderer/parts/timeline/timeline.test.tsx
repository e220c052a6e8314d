// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '#shared/domain/timeline/timeline.ts'
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
    text: 'fired: Slow',
    ...over,
  }
}

async function showTimeline(entries: TimelineEntry[], isCut = false) {
  const shown = showCockpit(<Timeline incidentId="i1" revision={1} />)
  // Changes that follow each other closely are asked for once.
  await shown.until(() => shown.asked('incident.timeline').length > 0)
  await shown.answer('incident.timeline', { entries, isCut })
  const rows = () => shown.screen.getAllByRole('listitem').map((each) => each.textContent)
  return { ...shown, rows }
}

describe('the timeline', () => {
  it('says who did what, and how many equal entries one stands for', async () => {
    const { rows } = await showTimeline([
      entryWith({ count: 3 }),
      entryWith({
        seq: 2,
        kind: 'person',
        actor: { kind: 'person', name: 'ada' },
        text: 'acknowledged it',
      }),
      entryWith({
        seq: 3,
        kind: 'person',
        actor: { kind: 'person', name: 'grace' },
        text: 'snoozed until',
        until: at + 3_600_000,
      }),
    ])
    const [fired, taken, snoozed] = rows()
    expect(fired).toMatch(/fired: Slow ×3$/)
    expect(taken).toMatch(/you acknowledged it$/)
    expect(snoozed).toMatch(/grace snoozed until .*:00/)
  })

  it('shows a note as it was written, with links that can be followed and nothing else', async () => {
    const { screen, rows } = await showTimeline([
      entryWith({
        kind: 'note',
        actor: { kind: 'person', name: 'grace' },
        text: 'see https://wiki.example/checkout <b>now</b>',
      }),
    ])
    expect(rows()[0]).toContain('<b>now</b>')
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://wiki.example/checkout')
  })

  it('says when it was said and when it was recorded, where these differ', async () => {
    const { rows } = await showTimeline([
      entryWith({
        kind: 'person',
        actor: { kind: 'person', name: 'ada', saidAt: at - 60_000 },
        text: 'acknowledged it',
      }),
    ])
    expect(rows()[0]).toMatch(/delivered .*:00/)
  })

  it('says that it is cut, or that there is nothing', async () => {
    const cut = await showTimeline([entryWith({})], true)
    expect(cut.screen.getByText(/Older entries are in the journal/)).toBeTruthy()
    const empty = await showTimeline([])
    expect(empty.screen.getByText('Nothing yet.')).toBeTruthy()
  })

  it('keeps what it read where the engine refuses to read on, and says why', async () => {
    const { screen, say, refuse, asked, until } = await showTimeline([entryWith({})])
    await say({
      type: 'snapshot',
      state: stateWith({
        seq: 2,
        incidents: [incidentWith({ id: 'i1', held: { by: 'focus', at: 5_000, until: null } })],
      }),
    })
    await until(() => asked('incident.timeline').length === 2)
    await refuse('incident.timeline', { code: 'internal', message: 'The disk is gone.' })
    expect(screen.getByText('The disk is gone.')).toBeTruthy()
    expect(screen.getByText('fired: Slow')).toBeTruthy()
  })
})
