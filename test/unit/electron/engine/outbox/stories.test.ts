import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queueSection, type Incident } from '#shared/domain/incident/schema.ts'
import { deliveryKey } from '#shared/domain/page/schema.ts'
import { holdOf, pageVerdict, verdictContext } from '#shared/domain/page/verdict.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  watchSnapshotSchema,
} from '#shared/domain/watch/state.ts'
import { nobodyThere } from '#test/fixtures/fake-channel.ts'
import { aliceSilence, signal } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, labels, poll } from './paged-engine.ts'

const SECOND = 1_000
const notifications = {
  P0: { repeat: '1m' },
  P1: { repeat: '2m' },
  P2: { repeat: '5m' },
  quietHours: [{ from: '03:04', to: '03:08', timeZone: 'UTC' }],
}

const severity = fc.constantFrom('critical', 'high', 'warning', 'info')
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('show' as const),
      alerts: fc.array(
        fc.record({
          name: fc.integer({ min: 0, max: 9 }),
          part: fc.integer({ min: 0, max: 1 }),
          severity,
          isSilenced: fc.boolean(),
        }),
        { maxLength: 10 },
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'incident.acknowledge' as const,
        'incident.unacknowledge' as const,
        'incident.reopen' as const,
        'incident.unsnooze' as const,
        'focus.start' as const,
      ),
      which: fc.nat({ max: 20 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('snooze' as const, 'quiet' as const),
      which: fc.nat({ max: 20 }),
      seconds: fc.integer({ min: 1, max: 200 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'quiet.end' as const,
        'focus.end' as const,
        'break' as const,
        'mend' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      seconds: fc.integer({ min: -600, max: 600 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.integer({ min: 1, max: 60 }),
    }),
  },
)
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never

const needsResponse = (incident: Incident | undefined): incident is Incident =>
  incident?.status === 'triggered' && queueSection(incident) === 'active'

async function play(story: readonly Action[]) {
  const { source, channel, journal, test } = startPagedEngine(notifications)
  const policy = test.configuration().notifications
  const dueSince = new Map<string, number>()
  const state = () => test.engine.state()
  await poll(test)

  /** Nothing that asks for a person and is not held may stay untold. */
  function look(): void {
    const context = verdictContext(policy, state(), test.clock.now())
    const due = new Set<string>()
    for (const incident of state().incidents.values()) {
      if (pageVerdict(incident, context).kind !== 'due') continue
      // One that resolved and fires again is another call, also when nobody looked in between.
      const call = `${incident.id} since ${String(incident.triggeredAt)}`
      due.add(call)
      dueSince.set(call, dueSince.get(call) ?? test.clock.monotonic())
    }
    for (const call of dueSince.keys()) if (!due.has(call)) dueSince.delete(call)
    for (const [call, since] of dueSince) {
      expect(test.clock.monotonic() - since, call).toBeLessThanOrEqual(11 * SECOND)
    }
  }

  async function wait(seconds: number): Promise<void> {
    for (let n = 0; n < seconds; n += 1) {
      await test.clock.advance(SECOND)
      look()
    }
  }

  async function act(step: Action): Promise<void> {
    const ids = [...state().incidents.keys()]
    const chosen = 'which' in step ? (ids[step.which % Math.max(1, ids.length)] ?? '') : ''
    switch (step.do) {
      case 'show':
        source.show(
          step.alerts.map(({ name, part, severity: is, isSilenced }) =>
            signal(
              { ...labels(`A${String(name)}`, is), part: String(part) },
              isSilenced && part === 0 ? { silencedBy: aliceSilence } : {},
            ),
          ),
        )
        return poll(test)
      case 'snooze':
        await test.run('incident.snooze', {
          incidentId: chosen,
          until: test.clock.now() + step.seconds * SECOND,
        })
        return
      case 'quiet':
        await test.run('quiet.start', { until: test.clock.now() + step.seconds * SECOND })
        return
      case 'quiet.end':
      case 'focus.end':
        await test.run(step.do, {})
        return
      case 'break':
        channel.failWith(nobodyThere)
        return
      case 'mend':
        channel.failWith(null)
        return
      case 'jump':
        test.clock.jump(step.seconds * SECOND)
        // The rest between two summaries goes by the clock: one that is set back makes it longer.
        for (const [call, since] of dueSince) {
          dueSince.set(call, since + Math.min(10, Math.max(0, -step.seconds)) * SECOND)
        }
        return
      case 'wait':
        return wait(step.seconds)
      default:
        await test.run(step.do, { incidentId: chosen })
    }
  }

  for (const step of story) await act(step)
  channel.failWith(null)
  await wait(2 * 60)
  // What became due with the last tick is handed over, too.
  for (let turn = 0; turn < 10; turn += 1) await test.clock.advance(0)
  return { channel, journal, test, policy }
}

type Played = Awaited<ReturnType<typeof play>>

/** Of what is due nothing is told to a person who is spared, or twice for the same call. */
function checkCalls({ journal, policy }: Played): void {
  let state = emptyWatch
  const told = new Map<string, number>()
  const calls = new Map<string, number>()
  for (const event of journal.events) {
    const { body } = event
    state = evolve(state, [event])
    for (const id of askedAnew(event, state)) calls.set(id, event.seq)
    if (body.type !== 'page.requested') continue
    const context = verdictContext(policy, state, event.at)
    for (const id of body.incidentIds) {
      const incident = state.incidents.get(id)
      expect(needsResponse(incident), `${body.reason} asks for nobody`).toBe(true)
      if (incident) expect(holdOf(incident, context)).toBeNull()
      if (body.reason === 'asks' && body.incidentId !== null) {
        expect(told.get(id), 'told twice').not.toBe(calls.get(id))
      }
      told.set(id, calls.get(id) ?? 0)
    }
  }
}

/** The incidents whose call for a person is a new one, or one that reached nobody, by this event. */
function askedAnew({ body }: Event, { pages }: typeof emptyWatch): readonly string[] {
  switch (body.type) {
    case 'incident.triggered':
    case 'incident.retriggered':
    case 'incident.snooze-ended':
      return [body.incidentId]
    case 'page.dropped':
      return pages.get(body.pageId)?.incidentIds ?? []
    default:
      return []
  }
}

/** With a channel that works, all is handed over, and nothing is shown that asks for nobody. */
function checkScreen({ channel, test }: Played): void {
  const { incidents, pages } = test.engine.state()
  for (const tag of channel.shown.keys()) {
    const ids =
      tag === 'summary'
        ? [...pages.values()]
            .filter(({ isSummary }) => isSummary)
            .flatMap((page) => page.incidentIds)
        : [tag.replace('incident:', '')]
    expect(
      ids.some((id) => needsResponse(incidents.get(id))),
      tag,
    ).toBe(true)
  }
  const keys = channel.sent.map(({ key }) => key)
  expect(new Set(keys).size, 'one key is sent once').toBe(keys.length)
  for (const page of pages.values()) {
    expect(page.deliveries['desktop']?.state).not.toBe('waiting')
    const isSent = page.deliveries['desktop']?.state === 'sent'
    expect(keys.includes(deliveryKey(page.id, 'desktop'))).toBe(isSent)
  }
}

describe('whatever happens', () => {
  it('nobody who is asked for stays untold, and nobody is told for nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 25 }), async (story) => {
        const played = await play(story)
        checkCalls(played)
        checkScreen(played)
        await played.test.engine.stop()
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  it('a snapshot of a version that told nobody can be read', async () => {
    const { source, test } = startPagedEngine({ desktop: false })
    source.show([signal(labels('A'))])
    await poll(test)
    const { pages: _pages, muting: _muting, ...old } = toSnapshot(test.engine.state())
    const incidents = old.incidents.map(({ paged: _paged, held: _held, ...rest }) => rest)
    const read = fromSnapshot(
      watchSnapshotSchema.parse(JSON.parse(JSON.stringify({ ...old, incidents }))),
    )
    expect(read).toEqual(test.engine.state())
  })
})
