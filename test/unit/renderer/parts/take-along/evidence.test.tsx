// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { Timeline } from '#renderer/parts/timeline/timeline.tsx'
import {
  requestWith,
  resultWith,
  storyEvents,
  storyStart as at,
} from '#test/fixtures/evidence-story.ts'
import { ada } from '#test/fixtures/persons.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const byAda = { kind: 'person', id: ada.id, name: 'Ada Lovelace' } as const

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
  acknowledged: null,
  resolved: { at, by: byAda },
  closed: { at, by: byAda },
  returns: 0,
  objects: [],
  alerts: 7,
  notes: 1,
}

const incident = incidentWith({
  id: 'i1',
  title: 'Card payments fail',
  severity: 'P0',
  startedAt: at,
})
const run = {
  ...requestWith(),
  requestedAt: at,
  requestedBy: byAda,
  startedAt: at,
  finishedAt: at + 312,
  result: resultWith(),
}
const walkthrough = {
  incidentId: 'i1',
  runbook: 'playbook:checkout.md',
  title: 'Checkout',
  hash: 'b'.repeat(64),
  commit: null,
  startedAt: at,
  startedBy: byAda,
  steps: { s1: { state: 'done', at, by: byAda, note: null } },
  answers: {},
  lastStep: 's1',
  lastAt: at,
  changes: 1,
} as const

/** What the page saved as files, by name. */
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
  return files
}

async function showPart(isInState = true) {
  const files = observed()
  const state = isInState
    ? stateWith({
        incidents: [incident],
        alerts: [alertWith({ key: 'a' })],
        executions: [run],
        walkthroughs: [walkthrough],
      })
    : stateWith()
  const shown = showCockpit(<Timeline incidentId="i1" past={isInState ? null : past} />, state)
  await shown.until(() => shown.asked('incident.timeline').length > 0)
  const textOf = async (name: string) => (await files.get(name)?.text()) ?? ''
  return { ...shown, files, textOf }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('exporting evidence', () => {
  it('reads all that was recorded and each output, and saves Markdown', async () => {
    const { user, screen, asked, answer, until, textOf } = await showPart()
    await user.keyboard('g')
    await until(() => asked('evidence.read').length === 1)
    expect(screen.getByText('Collecting the evidence…')).toBeTruthy()
    const half = 5
    await answer('evidence.read', { events: storyEvents.slice(0, half), plans: [], next: half })
    await until(() => asked('evidence.read').length === 2)
    expect(asked('evidence.read')).toEqual([
      { incidentId: 'i1', after: 0 },
      { incidentId: 'i1', after: half },
    ])
    await answer('evidence.read', { events: storyEvents.slice(half), plans: [], next: null })
    for (const [index, text] of ['{} 12.5\n', 'Running\n', 'restarted\n'].entries()) {
      await until(() => asked('execution.output').length === index + 1)
      await answer('execution.output', { text, offset: 0, next: null, size: 9, state: 'complete' })
    }
    const name = 'deckwatch-evidence-2026-11-29-card-payments-fail.md'
    await screen.findByText(`Download started: ${name}`)
    const text = await textOf(name)
    expect(text).toMatch(/^# Evidence: Card payments fail\n/)
    expect(text).toContain('\n```text\nrestarted\n```\n')
    // By the name of today, and never `you`: whoever reads it is not who exported it.
    expect(text).toContain(
      `, ${ada.name}: kubectl --context prod get pods -l app=checkout (exit 0)`,
    )
  })

  it('saves HTML of a past incident by click, and says what it lacks', async () => {
    const { user, screen, asked, answer, refuse, until, textOf } = await showPart(false)
    await user.click(screen.getByRole('button', { name: 'Export evidence as HTML' }))
    await until(() => asked('evidence.read').length === 1)
    await answer('evidence.read', { events: storyEvents.slice(0, 4), plans: [], next: null })
    await until(() => asked('execution.output').length === 1)
    await refuse('execution.output', { code: 'not-found', message: 'It is not kept any more.' })
    const name = 'deckwatch-evidence-2026-11-29-card-payments-fail.html'
    await screen.findByText(
      `Download started: ${name}. It does not hold everything, and says what is missing.`,
    )
    const page = new DOMParser().parseFromString(await textOf(name), 'text/html')
    expect(page.querySelector('h1')?.textContent).toBe('Evidence: Card payments fail')
    expect(page.querySelector('h4')?.textContent).toBe('Run 1: errors')
    expect(page.body.textContent).toContain('Its output is not here: It is not kept any more.')
  })

  it('exports what is known while the engine is away, with the words of kept texts', async () => {
    const { cockpit, user, screen, lose, textOf } = await showPart()
    await lose()
    const entry = {
      id: 'playbook:checkout.md',
      title: 'Checkout',
      format: 'markdown',
      origin: {
        kind: 'playbook',
        path: 'runbooks/checkout.md',
        version: null,
        commit: null,
        problem: null,
      },
      state: 'kept',
      size: 1,
      hash: walkthrough.hash,
    } as const
    vi.spyOn(cockpit.runbooks, 'read').mockResolvedValue(
      ok({ entry, text: '# Checkout\n\n1. Count\n', isCurrent: true }),
    )
    await user.keyboard('h')
    const name = 'deckwatch-evidence-2026-11-29-card-payments-fail.html'
    await screen.findByText(/It does not hold everything/)
    const text = await textOf(name)
    expect(text).toContain(
      'Deckwatch could not be reached: this document holds what the cockpit knew.',
    )
    expect(text).toMatch(/It is as of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\./)
    expect(text).toContain('kubectl --context prod get pods')
    expect(text).toContain('Its output is not here: Deckwatch could not be reached')
    expect(text).toContain('Step: Count the pods')
  })

  it('goes on without the texts of runbooks that are not kept', async () => {
    const { cockpit, user, screen, lose, textOf } = await showPart()
    await lose()
    vi.spyOn(cockpit.runbooks, 'read').mockResolvedValue(
      fail({ code: 'engine-unreachable', message: 'Gone.' }),
    )
    await user.keyboard('g')
    await screen.findByText(/It does not hold everything/)
    const text = await textOf('deckwatch-evidence-2026-11-29-card-payments-fail.md')
    expect(text).toContain('**Done**')
  })

  it('says that a past incident cannot be exported while the engine is away', async () => {
    const { user, screen, lose, files } = await showPart(false)
    await lose()
    await user.keyboard('g')
    await screen.findByText(/^Not exported: Deckwatch unreachable/)
    expect(files.size).toBe(0)
  })

  it('exports what was read of a past incident when the engine goes away meanwhile', async () => {
    const { user, screen, asked, answer, until, lose, textOf } = await showPart(false)
    await user.keyboard('g')
    await until(() => asked('evidence.read').length === 1)
    await answer('evidence.read', { events: storyEvents.slice(0, 4), plans: [], next: 4 })
    await until(() => asked('evidence.read').length === 2)
    await lose()
    await screen.findByText(/It does not hold everything/)
    const text = await textOf('deckwatch-evidence-2026-11-29-card-payments-fail.md')
    expect(text).toContain('what was recorded last is missing.')
    expect(text).toContain('#### Run 1: errors')
  })

  it('does not read the same page for ever', async () => {
    const { user, screen, asked, answer, until } = await showPart()
    await user.keyboard('g')
    await until(() => asked('evidence.read').length === 1)
    await answer('evidence.read', { events: [], plans: [], next: 7 })
    await until(() => asked('evidence.read').length === 2)
    await answer('evidence.read', { events: [], plans: [], next: 7 })
    await screen.findByText(/^Download started: /)
    expect(asked('evidence.read')).toHaveLength(2)
  })
})
