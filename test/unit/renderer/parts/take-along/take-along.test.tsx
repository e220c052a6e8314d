// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { exportedIncidentSchema } from '#shared/domain/timeline/export-record.ts'
import type { TimelineEntry } from '#shared/domain/timeline/timeline.ts'
import { Timeline } from '#renderer/parts/timeline/timeline.tsx'
import { ada } from '#test/fixtures/persons.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const at = Date.UTC(2026, 10, 29, 3, 12)
const byAda = { kind: 'person', id: ada.id, name: 'ada' } as const

const past: PastIncident = {
  id: 'i1',
  seq: 1,
  title: 'Card payments fail',
  status: 'closed',
  severity: 'P0',
  lastSeverity: 'P0',
  isDrill: false,
  group: { service: 'checkout' },
  startedAt: at,
  openedAt: at,
  mitigated: null,
  isDeclared: false,
  verdict: null,
  mergedInto: null,
  cause: null,
  acknowledged: { at, by: byAda },
  resolved: { at, by: byAda },
  closed: { at, by: byAda },
  returns: 0,
  objects: [],
  alerts: 7,
  notes: 1,
}

function pageOf(seqs: readonly number[], hasOlder: boolean): OutputOf<'incident.timeline'> {
  const entries = seqs.map((seq): TimelineEntry => ({
    seq,
    at: at + seq,
    actor: byAda,
    kind: 'note',
    type: 'incident.noted',
    text: `note ${String(seq)}`,
    isDeed: true,
    count: 1,
    last: { seq, at: at + seq },
  }))
  const [oldest = 0, newest = 0] = [seqs[0], seqs.at(-1)]
  return { entries, marks: [], span: { oldest, newest }, hasOlder, hasNewer: false }
}

/** What the page saved as files, by name, and what it wrote to the clipboard. */
function observed() {
  const files = new Map<string, Blob>()
  let last: Blob | null = null
  vi.stubGlobal(
    'URL',
    Object.assign(class extends URL {}, {
      parse: URL.parse.bind(URL),
      createObjectURL: (blob: Blob) => {
        last = blob
        return 'blob:test/1'
      },
      revokeObjectURL: () => undefined,
    }),
  )
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    if (last) files.set(this.download, last)
  })
  return { files }
}

async function showPart(isInState = true) {
  const { files } = observed()
  const state = isInState
    ? stateWith({
        incidents: [
          incidentWith({
            id: 'i1',
            title: 'Card payments fail',
            severity: 'P0',
            startedAt: at,
            status: 'acknowledged',
            acknowledged: { at, by: byAda, severity: 'P0' },
          }),
        ],
        alerts: [
          alertWith({
            key: 'a',
            labels: { alertname: 'Slow', service: 'checkout', pod: 'checkout-7f9' },
            annotations: {
              description: 'Customers cannot pay.\nMore.',
              runbook_url: 'https://runbooks.example/pay',
            },
          }),
        ],
      })
    : stateWith()
  const shown = showCockpit(<Timeline incidentId="i1" past={isInState ? null : past} />, state)
  await shown.until(() => shown.asked('incident.timeline').length > 0)
  await shown.answer('incident.timeline', pageOf([5, 6], true))
  const copied = () => navigator.clipboard.readText()
  return { ...shown, files, copied }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('taking an incident along', () => {
  it('copies it as text by key, names persons, and says so to eye and ear', async () => {
    const { user, screen, copied, said } = await showPart()
    await user.keyboard('y')
    expect(await screen.findByText('Copied as text')).toBeTruthy()
    expect(said.at(-1)?.text).toBe('Copied as text')
    const lines = (await copied()).split('\n')
    expect(lines[0]).toBe('P0 critical: Card payments fail (checkout)')
    // Its own time is said too where it is not that of UTC.
    expect(lines[1]).toMatch(/^Since 2026-11-29 03:12 UTC( \(\d\d:\d\d \S+\))?$/)
    expect(lines.slice(2)).toEqual([
      `Acknowledged by ${ada.name}, 2026-11-29 03:12 UTC`,
      'Alerts: 1 alert: checkout-7f9',
      'Customers cannot pay.',
      'Runbook: https://runbooks.example/pay',
      'In Deckwatch: deckwatch://incident/i1',
    ])
  })

  it('says in the text that it is old while the engine is away', async () => {
    const { user, screen, copied, lose } = await showPart()
    await lose()
    await user.keyboard('y')
    await screen.findByText('Copied as text')
    expect((await copied()).split('\n')[1]).toMatch(
      /^Not current: as of \d{4}-\d\d-\d\d \d\d:\d\d UTC, Deckwatch is unreachable$/,
    )
  })

  it('says when the browser refuses, and keeps saying so', async () => {
    const { user, screen, said } = await showPart()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no'))
    await user.click(screen.getByRole('button', { name: 'Copy text for a chat' }))
    const note = await screen.findByText(/^Not copied: the browser refused/)
    expect(note.dataset['problem']).toBe('true')
    expect(said.at(-1)?.text).toMatch(/^Not copied/)
  })

  it('exports the whole timeline, not only what is loaded', async () => {
    const { user, screen, files, asked, answer, until } = await showPart()
    await user.keyboard('z')
    await until(() => asked('incident.timeline').length === 2)
    await answer('incident.timeline', pageOf([5, 6], true))
    await until(() => asked('incident.timeline').length === 3)
    await answer('incident.timeline', pageOf([3, 4], true))
    await until(() => asked('incident.timeline').length === 4)
    expect(asked('incident.timeline').slice(1)).toEqual([
      { incidentId: 'i1', limit: 500 },
      { incidentId: 'i1', limit: 500, before: 5 },
      { incidentId: 'i1', limit: 500, before: 3 },
    ])
    await answer('incident.timeline', pageOf([1, 2], false))
    const name = 'deckwatch-2026-11-29-card-payments-fail.json'
    await screen.findByText(`Download started: ${name}`)
    const read = exportedIncidentSchema.parse(JSON.parse((await files.get(name)?.text()) ?? ''))
    expect(read.timeline.isComplete).toBe(true)
    expect(read.timeline.entries.map(({ text }) => text)).toEqual(
      [1, 2, 3, 4, 5, 6].map((seq) => `note ${String(seq)}`),
    )
    // Whoever reads the file is not who exported it.
    expect(read.timeline.entries[0]?.by).toEqual({ kind: 'person', name: ada.name })
  })

  it('exports a past incident as Markdown, by click', async () => {
    const { user, screen, files, asked, answer, until, copied } = await showPart(false)
    await user.click(screen.getByRole('button', { name: 'Export timeline as Markdown' }))
    await until(() => asked('incident.timeline').length === 2)
    await answer('incident.timeline', pageOf([5, 6], false))
    const name = 'deckwatch-2026-11-29-card-payments-fail.md'
    await screen.findByText(`Download started: ${name}`)
    const text = (await files.get(name)?.text()) ?? ''
    expect(text).toMatch(/^# Card payments fail\n/)
    expect(text).toContain(`Z ${ada.name} noted: note 5\n`)
    expect(text).not.toContain('may be incomplete')
    await user.keyboard('y')
    await screen.findByText('Copied as text')
    expect(await copied()).toContain('\nAlerts: 7 alerts\n')
  })

  it('exports what was read, with the remark, when the engine goes away meanwhile', async () => {
    const { user, screen, files, asked, answer, until, lose } = await showPart()
    await user.keyboard('x')
    await until(() => asked('incident.timeline').length === 2)
    await answer('incident.timeline', pageOf([5, 6], true))
    await until(() => asked('incident.timeline').length === 3)
    await lose()
    await screen.findByText(/^Download started: .* It may be incomplete/)
    const text = (await [...files.values()][0]?.text()) ?? ''
    expect(text).toContain('\nThis timeline may be incomplete')
    expect(text).toContain('note 6')
  })

  it('exports what this browser kept, with the remark, while the engine is away', async () => {
    const { cockpit, user, screen, files, lose } = await showPart()
    await lose()
    vi.spyOn(cockpit.offline.timelines, 'recall').mockResolvedValue(pageOf([5, 6], false))
    await user.keyboard('x')
    await screen.findByText(/^Download started: .* It may be incomplete/)
    expect(await [...files.values()][0]?.text()).toContain('note 5')
  })

  it('says that there is nothing to export where nothing was kept', async () => {
    const { user, screen, files, lose } = await showPart()
    await lose()
    await user.keyboard('x')
    await screen.findByText(/^Not exported: /)
    expect(files.size).toBe(0)
  })

  it('does nothing behind a dialog', async () => {
    const { cockpit, user, asked } = await showPart()
    cockpit.actions.open({ kind: 'shortcuts' })
    await user.keyboard('xyz')
    expect(cockpit.ui.getState().taken).toBeNull()
    expect(asked('incident.timeline')).toHaveLength(1)
  })
})
