import { emptyPlaybook } from '#electron/engine/configuration/playbook.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { stamp } from '#electron/engine/record/event-id.ts'
import type { PipelineContext } from '#electron/engine/pipeline/context.ts'
import { ingest } from '#electron/engine/pipeline/pipeline.ts'
import type { SourceReport } from '#electron/engine/ports/source.ts'
import { toRules } from '#electron/engine/configuration/rules.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { readInto } from '#electron/journal/readings/reading.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createMemoryBook } from '#test/fixtures/memory-readings.ts'
import { createScriptedSilences } from '#test/fixtures/scripted-silences.ts'
import {
  aliceSilence,
  createScriptedSource,
  signal,
  unreachableProblem,
} from '#test/fixtures/scripted-source.ts'
import { DEFAULT_REALM } from '#shared/domain/realm/realm.ts'
import type { Signal } from '#shared/domain/alert/schema.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { countAlert, noAlerts } from '#shared/domain/incident/counts.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  watchSnapshotSchema,
  type WatchState,
} from '#shared/domain/watch/state.ts'

const ids = createNodeIds()
const rules = toRules(configurationSchema.parse({ sources: [{ type: 'drill' }] }))
const START = Date.UTC(2026, 10, 21, 3)

const oneSignal: fc.Arbitrary<Signal> = fc
  .record({
    alertname: fc.constantFrom('A', 'B', 'C', '__proto__', 'constructor'),
    instance: fc.constantFrom('1', '2', '3'),
    severity: fc.constantFrom('critical', 'warning', 'info', 'odd'),
    startsAt: fc.integer({ min: 0, max: 5 }),
    isSilenced: fc.boolean(),
    summary: fc.constantFrom('x', 'y'),
  })
  .map(({ alertname, instance, severity, startsAt, isSilenced, summary }) =>
    signal(
      { alertname, instance, severity },
      {
        startsAt: START + startsAt * 1_000,
        annotations: { summary },
        suppression: isSilenced ? [aliceSilence] : [],
      },
    ),
  )

/** What a source shows at a moment: no two alerts with the same labels, as real sources do. */
const shown = fc.uniqueArray(oneSignal, {
  maxLength: 8,
  selector: ({ labels }) => JSON.stringify(labels),
})

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('show' as const), source: fc.nat(1), signals: shown }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      source: fc.nat(1),
      isFailing: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('restart' as const),
      source: fc.nat(1),
      instance: fc.constantFrom('a', 'b'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      pick: fc.nat(9),
      name: fc.constantFrom(
        'acknowledge' as const,
        'resolve' as const,
        'snooze' as const,
        'close' as const,
        'unacknowledge' as const,
        'reopen' as const,
        'silence' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('place' as const),
      source: fc.nat(1),
      server: fc.constantFrom('http://here', 'http://there'),
      cluster: fc.constantFrom('lab', 'x', 'y'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1_000, 60_000, 3_700_000),
    }),
  },
)

/** Runs a random story through the real engine and returns all that it recorded. */
async function play(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
  const sources = [createScriptedSource('am-0'), createScriptedSource('am-1')]
  const journal = createMemoryJournal()
  const [first, ...others] = sources
  const silencing = first ? [{ ...first, silences: createScriptedSilences() }] : []
  const test = startTestEngine([...silencing, ...others], { journal })
  await test.clock.advance(0)
  for (const [index, action] of steps.entries()) {
    if (action.do === 'show') sources[action.source]?.show(action.signals)
    if (action.do === 'fail')
      sources[action.source]?.failWith(action.isFailing ? unreachableProblem : null)
    if (action.do === 'restart') sources[action.source]?.restart(action.instance)
    if (action.do === 'place') {
      sources[action.source]?.moveTo(action.server)
      sources[action.source]?.joinCluster(action.cluster)
    }
    if (action.do === 'command') {
      const incidents = [...test.engine.state().incidents.keys()]
      const incidentId = incidents[action.pick % Math.max(1, incidents.length)]
      if (incidentId !== undefined) {
        const requestId = `request-${String(index)}`
        if (action.name === 'snooze') {
          await test.run(
            'incident.snooze',
            { incidentId, until: test.clock.now() + 60_000 },
            requestId,
          )
        } else if (action.name === 'silence') {
          const matchers = [{ name: 'alertname', operator: '=' as const, value: 'A' }]
          const endsAt = test.clock.now() + 60_000
          const input = { sourceId: 'am-0', matchers, endsAt, comment: 'x', evenP0: true }
          await test.run('silence.create', input, requestId)
        } else if (action.name === 'resolve') {
          await test.run('incident.resolve', { incidentId, evenIfFiring: true }, requestId)
        } else {
          await test.run(`incident.${action.name}`, { incidentId }, requestId)
        }
      }
    }
    await test.clock.advance(action.do === 'wait' ? action.ms : 10_000)
  }
  return { events: journal.events, state: test.engine.state(), sources, test }
}

function plain(state: WatchState): unknown {
  const { seq, alerts, incidents, sources } = toSnapshot(state)
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  return {
    seq,
    alerts: alerts.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    incidents: incidents.toSorted(byId),
    sources: sources.toSorted(byId),
  }
}

describe('evolve', () => {
  it('reaches the same state from any snapshot plus its tail, in any batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.nat(),
        fc.nat(),
        async (steps, a, b) => {
          const { events, state } = await play(steps)
          const cut = a % (events.length + 1)
          const middle = cut + (b % (events.length - cut + 1))
          const before = evolve(emptyWatch, events.slice(0, cut))
          const stored = watchSnapshotSchema.parse(JSON.parse(JSON.stringify(toSnapshot(before))))
          const tail = [events.slice(cut, middle), events.slice(middle)]
          const after = tail.reduce((known, batch) => evolve(known, batch), fromSnapshot(stored))
          expect(plain(after)).toEqual(plain(state))
          expect(
            plain(events.reduce((known, event) => evolve(known, [event]), emptyWatch)),
          ).toEqual(plain(state))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('keeps counts that equal a count of the alerts, and shows every alert somewhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { state } = await play(steps)
        for (const incident of state.incidents.values()) {
          if (incident.status === 'closed') continue
          const own = [...state.alerts.values()].filter(
            ({ incidentId }) => incidentId === incident.id,
          )
          expect(incident.counts).toEqual(
            own.reduce((counts, alert) => countAlert(counts, alert, 1), noAlerts),
          )
        }
        for (const alert of state.alerts.values()) {
          if (alert.status !== 'resolved') expect(state.incidents.has(alert.incidentId)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('shows exactly what healthy sources list, at the end of any story', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 20 }),
        shown,
        shown,
        async (steps, first, second) => {
          const { sources, test } = await play(steps)
          sources[0]?.failWith(null)
          sources[1]?.failWith(null)
          sources[0]?.show(first)
          sources[1]?.show(second)
          await test.clock.advance(200_000)
          const listed = new Set(
            [...first, ...second].map(({ labels }) =>
              JSON.stringify(Object.entries(labels).sort()),
            ),
          )
          const active = [...test.engine.state().alerts.values()].filter(
            ({ status }) => status === 'firing',
          )
          expect(
            new Set(active.map(({ labels }) => JSON.stringify(Object.entries(labels).sort()))),
          ).toEqual(listed)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is agreed with by history, for all that the state still knows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { events, state } = await play(steps)
        const book = createMemoryBook()
        for (const event of events) readInto(book, event)
        for (const { id, counts, ...incident } of state.incidents.values()) {
          const kept = book.incident(id)
          expect(kept?.past).toMatchObject({
            title: incident.title,
            group: incident.group,
            status: incident.status,
            startedAt: incident.startedAt,
            lastSeverity: incident.severity,
            resolved: incident.resolved,
            closed: incident.closed,
            notes: incident.notes,
          })
          if (incident.status === 'closed') continue
          expect([kept?.active, kept?.suppressed]).toEqual([
            counts.bySeverity,
            counts.suppressedBySeverity,
          ])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('never records an id twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { events } = await play(steps)
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
      }),
      { numRuns: 40 },
    )
  })
})

describe('ingest', () => {
  const context = (state: WatchState, sourceId = 'am-0'): PipelineContext => ({
    state,
    sourceId,
    playbook: emptyPlaybook,
    realm: DEFAULT_REALM,
    rules,
    ids,
    now: START + 60_000,
    heartbeatOf: () => null,
    isKnownIncident: () => false,
    hasChannel: false,
  })
  const report = (signals: readonly Signal[]): SourceReport => ({
    kind: 'all',
    signals,
    gone: [],
    rejections: [],
    moreRejections: 0,
    instance: null,
    total: signals.length,
    selfAlerts: [],
  })
  const record = (state: WatchState, signals: readonly Signal[]): Event[] =>
    stamp(state, ingest(report(signals), context(state)), {
      ids,
      now: START + 60_000,
      actor: { kind: 'source', id: 'am-0' },
    }).map((event, index) => ({ ...event, seq: state.seq + index + 1 }))

  it('is idempotent: the same answer again changes nothing', () => {
    fc.assert(
      fc.property(shown, shown, (first, second) => {
        const one = evolve(emptyWatch, record(emptyWatch, first))
        const two = evolve(one, record(one, second))
        expect(record(two, second)).toEqual([])
      }),
    )
  })

  it('does not depend on the order within an answer, and two engines write the same ids', () => {
    fc.assert(
      fc.property(
        shown,
        shown.chain((signals) =>
          fc.tuple(
            fc.constant(signals),
            fc.shuffledSubarray(signals, { minLength: signals.length }),
          ),
        ),
        (first, [second, shuffled]) => {
          const one = evolve(emptyWatch, record(emptyWatch, first))
          expect(record(one, shuffled)).toEqual(record(one, second))
        },
      ),
    )
  })

  it('two engines that saw the same signals at other times write the same ids', async () => {
    await fc.assert(
      fc.asyncProperty(shown, shown, async (first, second) => {
        const run = async (lead: number) => {
          const source = createScriptedSource('am-0')
          const journal = createMemoryJournal()
          const test = startTestEngine([source], { journal })
          await test.clock.advance(lead)
          for (const signals of [first, second]) {
            source.show(signals)
            await test.clock.advance(10_000)
          }
          return journal.events
            .filter(({ body }) => !body.type.startsWith('source.'))
            .map(({ id }) => id)
        }
        expect(await run(3_000)).toEqual(await run(7_000))
      }),
      { numRuns: 40 },
    )
  })
})
