import { describe, expect, it } from 'vitest'
import { trayState, type TrayFacts, type TrayItem } from '#electron/host/desktop/tray/tray-state.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Pulse, Source } from '#shared/domain/source/schema.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const source = (id: string, over: Partial<Source> = {}): Source => ({
  id,
  name: id,
  type: 'alertmanager',
  health: 'healthy',
  since: 0,
  lastAnswerAt: 0,
  problem: null,
  instance: null,
  rejections: [],
  moreRejections: 0,
  revision: 1,
  ...over,
})

const pulse = (sourceId: string, over: Partial<Pulse> = {}): Pulse => ({
  sourceId,
  ageMs: 1_000,
  latencyMs: 10,
  alerts: 3,
  intervalMs: 15_000,
  isPolling: false,
  pausedMs: null,
  remarks: [],
  ...over,
})

interface Given {
  readonly incidents?: readonly Incident[]
  readonly sources?: readonly Source[]
  readonly pulses?: readonly Pulse[]
  readonly over?: Partial<TrayFacts>
}

function draw({
  incidents = [],
  sources = [source('am')],
  pulses = [pulse('am')],
  over = {},
}: Given = {}) {
  return trayState({
    watch: {
      ...emptyWatch,
      incidents: new Map(incidents.map((each) => [each.id, each])),
      sources: new Map(sources.map((each) => [each.id, each])),
    },
    status: { problems: [] },
    pulses: new Map(pulses.map((each) => [each.sourceId, each])),
    isHeard: true,
    isAutostart: false,
    remarks: [],
    timeOfDay: (at) => `at ${String(at)}`,
    ...over,
  })
}

const labels = (items: readonly TrayItem[]): string[] =>
  items.flatMap((item) => [
    ...(item.kind === 'separator' ? [] : [item.label]),
    ...(item.kind === 'submenu' ? labels(item.items) : []),
  ])

describe('trayState', () => {
  it('is calm when all answer and nothing waits', () => {
    expect(draw()).toMatchObject({
      severity: null,
      count: 0,
      isStale: false,
      tooltip: 'Deckwatch: No triggered incidents.',
    })
  })

  it('names a confidential incident by its id alone', () => {
    const incident = incidentWith({ id: 'abcdefghijk', title: 'Ada was phished', severity: 'P1' })
    const restriction = {
      incidentId: incident.id,
      isInForce: true,
      people: [],
      reason: null,
      at: 0,
      by: { kind: 'deckwatch' as const },
      wasOpen: false,
    }
    const drawn = draw({
      over: {
        watch: {
          ...emptyWatch,
          incidents: new Map([[incident.id, incident]]),
          restrictions: new Map([[incident.id, restriction]]),
        },
      },
    })
    expect(labels(drawn.menu)).toContain('P1 high: Confidential incident abcdefgh')
    expect(JSON.stringify(drawn)).not.toContain('phished')
  })

  it('counts alerts that are not recorded, and is never calm with them', () => {
    const problem = { message: 'The disk is full.', hint: 'Free some.', since: 0 }
    const status = {
      problems: [{ code: 'journal-full' as const, subject: null, ...problem }],
      unrecorded: {
        code: 'journal-full' as const,
        ...problem,
        alerts: [
          {
            severity: 'P0' as const,
            title: 'A',
            labels: {},
            sourceId: 'am',
            source: 'am',
            since: 0,
          },
        ],
        more: 8,
        bySource: { am: 9 },
      },
    }
    expect(
      draw({ incidents: [incidentWith({ id: 'i1', severity: 'P2' })], over: { status } }),
    ).toMatchObject({
      severity: 'P0',
      count: 10,
      isStale: true,
      tooltip:
        'Deckwatch: 1 incident triggered, worst P2 medium. 9 alerts not recorded, worst P0 critical. The disk is full.',
    })
  })

  it('counts what needs somebody, and takes the worst of it', () => {
    const by = { kind: 'person', id: 'ada', name: 'ada' } as const
    const incidents = [
      incidentWith({ id: 'a', severity: 'P2' }),
      incidentWith({ id: 'b', severity: 'P1', startedAt: 5 }),
      incidentWith({ id: 'c', severity: 'P1', startedAt: 3 }),
      incidentWith({ id: 'mine', severity: 'P0', status: 'acknowledged' }),
      incidentWith({ id: 'later', severity: 'P0', snoozed: { at: 1, until: 2, by } }),
      incidentWith({ id: 'over', severity: 'P0', status: 'resolved' }),
      incidentWith({
        id: 'held back',
        severity: 'P0',
        counts: { ...incidentWith({ id: 'x' }).counts, suppressed: 1 },
      }),
    ]
    const { severity, count, isStale, tooltip, menu } = draw({ incidents })
    expect({ severity, count, isStale }).toEqual({ severity: 'P1', count: 3, isStale: false })
    expect(tooltip).toBe('Deckwatch: 3 incidents triggered, worst P1 high.')
    expect(labels(menu).filter((label) => label.includes('Incident '))).toEqual([
      'P1 high: Incident c',
      'P1 high: Incident b',
      'P2 medium: Incident a',
    ])
  })

  it.each([
    ['a source fails', { sources: [source('am', { health: 'failing' })] }, 'am is unreachable'],
    ['a source is stale', { sources: [source('am', { health: 'stale' })] }, 'am is unreachable'],
    [
      'a source was not heard yet',
      { sources: [source('am', { health: 'connecting' })], pulses: [pulse('am', { ageMs: null })] },
      'am is unreachable',
    ],
    ['the answers are old', { pulses: [pulse('am', { ageMs: 45_001 })] }, 'am is unreachable'],
    ['nobody knows how old they are', { pulses: [] }, 'am is unreachable'],
    [
      'one of many is silent',
      { sources: [source('am'), source('eu', { health: 'failing' })] },
      'Unreachable: eu.',
    ],
    ['nothing is watched', { sources: [source('deckwatch')] }, 'No sources are monitored'],
    ['the engine is not heard', { over: { isHeard: false } }, 'Monitoring is not running'],
    [
      'the engine has a problem',
      {
        over: {
          status: {
            problems: [
              {
                code: 'journal-full',
                subject: null,
                message: 'The disk is full.',
                hint: '',
                since: 0,
              },
            ],
          },
        },
      },
      'The disk is full.',
    ],
  ] satisfies [string, Given, string][])('is never calm while %s', (_when, given, why) => {
    const quiet = draw(given)
    expect(quiet).toMatchObject({ severity: null, isStale: true })
    expect(quiet.tooltip).toContain('No triggered incidents known.')
    expect(quiet.tooltip).toContain(why)
    expect(labels(quiet.menu).join()).toContain(why)
    const worried = draw({ ...given, incidents: [incidentWith({ id: 'a', severity: 'P0' })] })
    expect(worried).toMatchObject({ severity: 'P0', count: 1, isStale: true })
  })

  it('is not worried by a journal that was begun anew', () => {
    const problems = [
      { code: 'journal-new', subject: null, message: 'Begun anew.', hint: '', since: 0 } as const,
    ]
    expect(draw({ over: { status: { problems } } }).isStale).toBe(false)
  })

  it('lists five incidents, each to open and acknowledge, and says how many more there are', () => {
    const incidents = Array.from({ length: 9 }, (_, at) =>
      incidentWith({ id: `i${String(at)}`, startedAt: at }),
    )
    const { menu } = draw({ incidents })
    const submenus = menu.flatMap((item) => (item.kind === 'submenu' ? [item] : []))
    expect(submenus.slice(0, 5).map(({ items }) => items)).toEqual(
      incidents.slice(0, 5).map(({ id }) => [
        { kind: 'action', label: 'Open', action: { type: 'open', incidentId: id } },
        { kind: 'action', label: 'Acknowledge', action: { type: 'acknowledge', incidentId: id } },
      ]),
    )
    expect(labels(menu)).toContain('4 more…')
  })

  it('shows hostile titles as one short line in which nothing is a command', () => {
    const titles = [
      'Tom & Jerry &Quit',
      'a\tCtrl+Q',
      'line\nbreak\r\nand more',
      '\u202Egnol',
      'x'.repeat(100_000),
      '🚨'.repeat(60),
      '\uD800',
    ]
    for (const title of titles) {
      const [incident] = draw({ incidents: [incidentWith({ id: 'a', title })] }).menu.filter(
        ({ kind }) => kind === 'submenu',
      )
      const label = incident?.kind === 'submenu' ? incident.label : ''
      expect(label).toMatch(/^P2 medium: /)
      expect(label.length).toBeLessThan(150)
      expect(label).not.toMatch(/[\p{Cc}\u202E]/u)
      expect(label.replaceAll('&&', '')).not.toContain('&')
      expect(label.isWellFormed()).toBe(true)
    }
  })

  it('offers do not disturb, or its end', () => {
    expect(labels(draw().menu)).toEqual(expect.arrayContaining(['For one hour', 'Until 8:00']))
    const by = { kind: 'person', id: 'ada', name: 'ada' } as const
    const watch = {
      ...emptyWatch,
      sources: new Map([['am', source('am')]]),
      muting: { quiet: { at: 1, until: 99, by }, focus: null },
    }
    const quiet = labels(draw({ over: { watch } }).menu)
    expect(quiet).toEqual(
      expect.arrayContaining(['Do not disturb until at 99', 'End do not disturb']),
    )
    expect(quiet).not.toContain('For one hour')
  })

  it('says what else is wrong, and is the same for the same facts', () => {
    const over = { remarks: ['The shortcut is taken.'], isAutostart: true }
    expect(labels(draw({ over }).menu)).toContain('The shortcut is taken.')
    expect(draw({ over })).toEqual(draw({ over }))
    // Ages that grow change nothing that is seen.
    expect(draw({ pulses: [pulse('am', { ageMs: 1 })] })).toEqual(
      draw({ pulses: [pulse('am', { ageMs: 30_000, alerts: 4 })] }),
    )
  })
})
