// @vitest-environment jsdom
import { cleanup } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
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
    marks: [],
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

const note = (seq: number, text: string) =>
  entryWith({
    seq,
    kind: 'note',
    type: 'incident.noted',
    actor: { kind: 'person', id: 'ada', name: 'ada' },
    text,
    isDeed: true,
  })

describe('the entries of the timeline', () => {
  it('say when something happened that was added later', async () => {
    const { rows } = await showTimeline([
      { ...note(3, 'Customers called'), happenedAt: at - 3_600_000 },
    ])
    expect(rows()[0]).toMatch(/:00You noted Customers called added .*:00:00$/)
  })

  it('are starred by key, as often as it is wanted, and corrected in a form', async () => {
    const { screen, user, asked, cockpit } = await showTimeline([entryWith({}), note(3, 'Two')])
    await user.keyboard('l')
    await user.type(
      await screen.findByRole('searchbox', { name: 'Words in the timeline' }),
      '{Enter}',
    )
    // The newest one has the place.
    await user.keyboard('*')
    const on = { incidentId: 'i1', entry: 3, recordedAt: at }
    expect(asked('entry.star')).toEqual([{ ...on, isStarred: true }])
    await user.keyboard('{Enter}')
    expect(cockpit.ui.getState().dialog).toEqual({
      kind: 'correct',
      incidentId: 'i1',
      entry: { seq: 3, at, text: 'Two' },
    })
  })

  it('are reached by arrows; what Deckwatch recorded is starred too, but not corrected', async () => {
    const { screen, user, asked, cockpit, said } = await showTimeline([
      entryWith({}),
      note(3, 'Two'),
    ])
    await user.keyboard('l')
    await user.type(await screen.findByRole('searchbox'), '{ArrowDown}{ArrowUp}{Enter}')
    expect(said.at(-1)?.text).toBe('Only what a person wrote can be corrected.')
    expect(cockpit.ui.getState().dialog).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Star' }))
    expect(asked('entry.star')).toMatchObject([{ entry: 1, isStarred: true }])
    await user.keyboard('{Escape}')
    expect(cockpit.ui.getState().queueRequest).toEqual({ kind: 'enter' })
  })

  it('become a task by key, with their words in its form', async () => {
    const { user, screen, cockpit, say, until, asked, answer } = await showTimeline([
      entryWith({}),
      note(3, 'Call the bank'),
    ])
    await say(heldAt(5_000))
    await until(() => asked('incident.timeline').length === 2)
    await answer('incident.timeline', pageOf([note(3, 'Call the bank')]))
    await user.keyboard('l')
    await user.type(await screen.findByRole('searchbox'), '{Enter}')
    await user.keyboard('+')
    expect(cockpit.ui.getState().dialog).toEqual({
      kind: 'incident-form',
      incidentId: 'i1',
      form: { type: 'task', taskId: null, entry: { seq: 3, text: 'Call the bank' } },
    })
  })

  it('show stars and corrections, also those that came with a later page', async () => {
    const { screen, say, answer, asked, until, rows } = await showTimeline([
      note(3, 'Two <b>customers</b>'),
    ])
    await say(heldAt(5_000))
    await until(() => asked('incident.timeline').length === 2)
    const by = { kind: 'person', id: 'grace', name: 'grace' } as const
    await answer('incident.timeline', {
      ...pageOf([note(3, 'Two <b>customers</b>')]),
      marks: [
        {
          entry: 3,
          star: { isStarred: true, seq: 4 },
          correction: { text: 'Three', by, at, seq: 5 },
        },
      ],
    })
    expect(rows()[0]).toMatch(
      /Starred: You noted Two <b>customers<\/b> Three corrected by grace .*:00:00$/,
    )
    expect(screen.getByText('Two <b>customers</b>').tagName).toBe('DEL')
  })

  it('are filtered by kind and words; that older ones are not searched is said', async () => {
    const { screen, user, rows } = await showTimeline(
      [entryWith({}), note(3, 'Rolled back'), note(4, 'Called the bank')],
      true,
    )
    await user.keyboard('l')
    await user.type(await screen.findByRole('searchbox'), 'BACK you')
    expect(rows()).toEqual([expect.stringContaining('Rolled back')])
    expect(screen.getByRole('status').textContent).toBe('1 of 3 entries')
    expect(screen.getByText(/^Older entries are not searched yet/)).toBeTruthy()
    expect(screen.getByRole('button', { name: /^Load older entries/ })).toBeTruthy()
    await user.clear(screen.getByRole('searchbox'))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind of entries' }), 'Starred')
    expect(screen.getByText('No matching entries')).toBeTruthy()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind of entries' }), 'Alerts')
    expect(rows()).toEqual([expect.stringContaining('Alert fired')])
    // Escape in the field first empties it, then ends it.
    await user.type(screen.getByRole('searchbox'), 'x{Escape}{Escape}')
    expect(screen.queryByRole('searchbox')).toBeNull()
    expect(rows()).toHaveLength(3)
  })

  it('cannot be changed by who may only look', async () => {
    const shown = showCockpit(<Timeline incidentId="i1" />, stateWith(), {
      you: { id: 'ada', name: 'ada', rights: ['read'] },
    })
    await shown.until(() => shown.asked('incident.timeline').length > 0)
    await shown.answer('incident.timeline', pageOf([note(3, 'Two')]))
    expect(shown.screen.queryByRole('button', { name: /^Add/ })).toBeNull()
    await shown.user.keyboard('e')
    expect(shown.said.at(-1)?.text).toMatch(/look|read|act/i)
    await shown.user.click(shown.screen.getByText('Two'))
    expect(shown.screen.queryByRole('button', { name: 'Star' })).toBeNull()
    await shown.user.keyboard('*')
    expect(shown.asked('entry.star')).toEqual([])
    expect(shown.cockpit.ui.getState().dialog).toBeNull()
  })

  it('show an image once it was read, and open it large', async () => {
    const made: Blob[] = []
    vi.stubGlobal(
      'URL',
      Object.assign(class extends URL {}, {
        parse: URL.parse.bind(URL),
        createObjectURL: (blob: Blob) => `blob:test/${String(made.push(blob))}`,
        revokeObjectURL: () => undefined,
      }),
    )
    const image = {
      imageId: 'image',
      name: 'a.png',
      mediaType: 'image/png' as const,
      size: 6,
      hash: 'a'.repeat(64),
      caption: 'Latency',
    }
    const { screen, user, answer, asked, until, cockpit } = await showTimeline([
      { ...note(3, 'added an image: Latency'), kind: 'person', type: 'image.added', image },
    ])
    await until(() => asked('image.read').length === 1)
    const piece = { mediaType: image.mediaType, size: 6 }
    await answer('image.read', { ...piece, data: btoa('abc'), next: 3 })
    await until(() => asked('image.read').length === 2)
    expect(asked('image.read')[1]).toEqual({ incidentId: 'i1', entry: 3, offset: 3 })
    await answer('image.read', { ...piece, data: btoa('def'), next: null })
    await until(() => made.length === 1)
    expect(await made[0]?.text()).toBe('abcdef')
    expect(made[0]?.type).toBe('image/png')
    await user.click(screen.getByRole('button', { name: 'Open the image: Latency' }))
    expect(cockpit.ui.getState().dialog).toEqual({
      kind: 'image',
      incidentId: 'i1',
      entry: 3,
      image,
    })
    vi.unstubAllGlobals()
  })

  it('take an image that is pasted on the page into the form', async () => {
    const { cockpit } = await showTimeline([note(3, 'Two')])
    const file = new File(['x'], 'image.png', { type: 'image/png' })
    const paste = (types: readonly string[], files: readonly File[]) => {
      const event = new Event('paste', { bubbles: true, cancelable: true })
      Object.assign(event, { clipboardData: { types, files } })
      window.dispatchEvent(event)
    }
    paste(['text/plain', 'Files'], [file])
    expect(cockpit.ui.getState().dialog).toBeNull()
    paste(['Files'], [file])
    expect(cockpit.ui.getState().dialog).toEqual({ kind: 'entry', incidentId: 'i1', image: file })
  })
})
