import { seesAll } from '#test/fixtures/sight.ts'
import { describe, expect, it } from 'vitest'
import { dispatch, type Handlers } from '#electron/engine/commands/dispatch.ts'
import type { DrillSource } from '#electron/engine/ports/drill.ts'
import { createStatusBoard } from '#electron/engine/status/status-board.ts'
import type { DrillStatus, EngineStatus } from '#shared/contract/index.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { silentLogger, startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { rights } from '#shared/domain/person/right.ts'
import { ada, bo, personsOf } from '#test/fixtures/persons.ts'

const INTERVAL = 10_000
const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning' }
const actor = { kind: 'person', id: 'ada', name: 'ada' } as const

function only({ engine }: TestEngine) {
  const [incident, ...others] = [...engine.state().incidents.values()]
  expect(others).toEqual([])
  if (!incident) throw new Error('no incident')
  return incident
}

/** A drill that does what it is told and tells no story. */
function createStillDrill(): DrillSource & { scene(name: string, at: number): void } {
  let status: DrillStatus = { isPaused: false, speed: 1, at: 0, length: 60_000, scene: 'calm' }
  return {
    ...createScriptedSource('drill'),
    type: 'drill',
    status: () => status,
    control({ isPaused, speed, restart }) {
      status = {
        ...status,
        isPaused: isPaused ?? status.isPaused,
        speed: speed ?? status.speed,
        at: restart ? 0 : status.at,
      }
    },
    scene(scene, at) {
      status = { ...status, scene, at }
    },
  }
}

describe('operations', () => {
  it('are refused when they are not known or their input is not understood', async () => {
    const test = startTestEngine([createScriptedSource('am')])
    const call = { requestId: 'request-1', actor, rights }
    for (const name of ['nonsense', '__proto__', 'constructor', 'toString', '']) {
      expect(await test.engine.execute(name, {}, call)).toMatchObject({
        ok: false,
        error: { code: 'unknown-operation' },
      })
    }
    for (const input of [
      undefined,
      null,
      3,
      {},
      { incidentId: '' },
      { incidentId: 'x'.repeat(129) },
    ]) {
      expect(await test.engine.execute('incident.acknowledge', input, call)).toMatchObject({
        ok: false,
        error: { code: 'invalid-input' },
      })
    }
  })

  it('end in words when a handler throws, and the bug is logged', async () => {
    const logged: object[] = []
    const logger = { ...silentLogger, error: (fields: object) => logged.push(fields) }
    const throwing = new Proxy<Partial<Handlers>>(
      {},
      {
        get: () => () => {
          throw new Error('secret hunter2')
        },
      },
    ) as Handlers
    const rejecting = { ...throwing, why: () => Promise.reject(new Error('later')) }
    const call = { requestId: 'request-1', actor, rights }
    const thrown = await dispatch(throwing, 'source.poll', {}, call, { logger, sight: seesAll })
    expect(thrown).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(thrown)).not.toContain('hunter2')
    expect(
      await dispatch(rejecting, 'why', { incidentId: 'i' }, call, { logger, sight: seesAll }),
    ).toMatchObject({
      error: { code: 'internal' },
    })
    expect(logged).toMatchObject([{ operation: 'source.poll' }, { operation: 'why' }])
  })

  it('answer for incidents that are not known', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk), signal({ alertname: 'Other' })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    for (const name of [
      'incident.acknowledge',
      'incident.unsnooze',
      'incident.resolve',
      'incident.close',
      'why',
    ] as const) {
      expect(await test.run(name, { incidentId: 'nobody' })).toMatchObject({
        error: { code: 'not-found' },
      })
    }
    expect(await test.run('incident.timeline', { incidentId: 'nobody' })).toEqual({
      ok: true,
      value: { entries: [], marks: [], span: null, hasOlder: false, hasNewer: false },
    })
    const [first, second] = [...test.engine.state().alerts.values()]
    const why = (alertKey: string | undefined) =>
      test.run('why', { incidentId: first?.incidentId ?? '', alertKey })
    expect(await why(second?.key)).toMatchObject({ error: { code: 'not-found' } })
    expect(await why('no-such-alert')).toMatchObject({ error: { code: 'not-found' } })
    expect(await why(undefined)).toMatchObject({ ok: true })
    expect(await why(first?.key)).toMatchObject({ ok: true })
  })

  it('leave a closed incident as it is, but for notes', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id: incidentId } = only(test)
    expect(await test.run('incident.close', { incidentId })).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(await test.run('incident.close', { incidentId })).toMatchObject({ ok: true })
    const until = test.clock.now() + 60_000
    for (const [outcome, code] of [
      [test.run('incident.acknowledge', { incidentId }), 'not-allowed-now'],
      [test.run('incident.snooze', { incidentId, until }), 'not-allowed-now'],
      [test.run('incident.unsnooze', { incidentId }), 'already-done'],
      [test.run('incident.resolve', { incidentId }), 'already-done'],
      [test.run('incident.close', { incidentId }), 'already-done'],
    ] as const) {
      expect(await outcome).toMatchObject({ error: { code } })
    }
    expect(await test.run('incident.note', { incidentId, text: 'after all' })).toMatchObject({
      ok: true,
    })
    expect(only(test)).toMatchObject({ status: 'closed', notes: 1 })
  })

  it('cut a long timeline and say so', async () => {
    const source = createScriptedSource('am')
    source.show(Array.from({ length: 2_100 }, (_, n) => signal({ ...disk, instance: String(n) })))
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const timeline = await test.run('incident.timeline', { incidentId: only(test).id })
    expect(timeline).toMatchObject({ value: { hasOlder: true, entries: [{ count: 2_000 }] } })
  })

  it('ask one source, all, or none', async () => {
    const [a, b] = [createScriptedSource('a'), createScriptedSource('b')]
    const test = startTestEngine([a, b])
    await test.clock.advance(0)
    expect(await test.run('source.poll', { sourceId: 'a' })).toMatchObject({ value: { polled: 1 } })
    expect(await test.run('source.poll', {})).toMatchObject({ value: { polled: 2 } })
    expect([a.polls(), b.polls()]).toEqual([3, 2])
    expect(await test.run('source.poll', { sourceId: 'c' })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await test.run('source.test', { sourceId: 'c' })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await test.run('source.test', { sourceId: 'a' })).toMatchObject({
      value: { isWorking: true, problem: null },
    })
  })

  it('give a test of a connection up after twenty seconds', async () => {
    const source = createScriptedSource('am')
    source.test = (abort) =>
      new Promise((resolve) => {
        abort.addEventListener('abort', () => {
          resolve({ isWorking: false, findings: ['given up'], problem: null })
        })
      })
    const test = startTestEngine([source])
    let outcome: unknown = null
    const running = test.run('source.test', { sourceId: 'am' }).then((value) => (outcome = value))
    await test.clock.advance(19_999)
    expect(outcome).toBeNull()
    await test.clock.advance(1)
    await running
    expect(outcome).toMatchObject({ ok: true, value: { findings: ['given up'] } })
  })

  it('steer the drill where one runs', async () => {
    const plain = startTestEngine([createScriptedSource('am')])
    expect(await plain.run('drill.control', { isPaused: true })).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
    expect(plain.engine.status.value().drill).toBeNull()
    const drill = createStillDrill()
    const test = startTestEngine([createScriptedSource('am'), drill])
    await test.clock.advance(0)
    const statuses: unknown[] = []
    test.engine.listen((message) => {
      if (message.type === 'status') statuses.push(message.status.drill)
    })
    expect(await test.run('drill.control', { isPaused: true, speed: 4 })).toMatchObject({
      ok: true,
    })
    expect(statuses).toMatchObject([{ isPaused: true, speed: 4 }])
    expect(await test.run('drill.control', { speed: 1_000 })).toMatchObject({
      error: { code: 'invalid-input' },
    })
    drill.scene('storm', 7_000)
    await test.clock.advance(4_000)
    expect(statuses).toMatchObject([{ scene: 'calm' }, { scene: 'storm' }])
    await test.clock.advance(10_000)
    expect(statuses).toHaveLength(2)
  })
})

describe('the greeting', () => {
  it('is the whole state, the status and the ages, and deltas go on from there', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(1_500)
    const [snapshot, status, pulse] = test.engine.greeting()
    expect(snapshot).toMatchObject({
      type: 'snapshot',
      state: { seq: test.engine.state().seq, alerts: [{ status: 'firing' }] },
    })
    expect(status).toMatchObject({ type: 'status', status: { ...personsOf(ada), problems: [] } })
    expect(pulse).toMatchObject({
      type: 'pulse',
      now: test.clock.now(),
      pulses: [{ sourceId: 'am', ageMs: 1_500, alerts: 1, isPolling: false }],
    })
    const seqs: number[] = []
    test.engine.listen((message) => {
      if (message.type === 'delta') seqs.push(...message.events.map(({ seq }) => seq))
    })
    const { seq } = test.engine.state()
    source.show([signal(disk), signal({ ...disk, instance: 'b' })])
    await test.clock.advance(INTERVAL)
    await test.run('incident.acknowledge', { incidentId: only(test).id })
    expect(seqs).toEqual([seq + 1, seq + 2])
  })
})

describe('the status board', () => {
  const setup = {
    configuration: configurationSchema.parse({ sources: [{ type: 'drill' }] }),
    sources: [],
    owner: ada,
    version: '1',
    config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
  }

  it('keeps since when a problem is there, and is silent when nothing changes', async () => {
    const clock = createFakeClock()
    const told: EngineStatus[] = []
    const board = createStatusBoard(clock, setup, [], (status) => told.push(status))
    const since = clock.now()
    board.raise('journal-full', 'full', 'make space')
    board.raise('journal-full', 'full', 'make space')
    await clock.advance(5_000)
    board.raise('journal-full', 'fuller', 'make more space')
    board.raise('clock-jumped', 'jumped', 'look')
    expect(told.map(({ problems }) => problems.map(({ message }) => message))).toEqual([
      ['full'],
      ['fuller'],
      ['fuller', 'jumped'],
    ])
    expect(told.at(-1)?.problems.map((problem) => problem.since)).toEqual([since, since + 5_000])
    board.clear('journal-failed')
    board.refresh()
    expect(told).toHaveLength(3)
    board.clear('journal-full')
    board.configured({ ...setup, owner: bo })
    expect(told.at(-1)).toMatchObject({
      ...personsOf(bo),
      startedAt: since,
      problems: [{ code: 'clock-jumped' }],
    })
  })

  it('follows the drill without a message for each step of its clock', () => {
    const drill = createStillDrill()
    const told: EngineStatus[] = []
    const board = createStatusBoard(
      createFakeClock(),
      { ...setup, sources: [drill] },
      [],
      (status) => told.push(status),
    )
    board.refresh()
    drill.scene('calm', 4_999)
    board.refresh()
    expect(told).toHaveLength(1)
    drill.scene('calm', 5_000)
    board.refresh()
    expect(told).toHaveLength(2)
    // A source that calls itself a drill and cannot be steered is none.
    board.configured({ ...setup, sources: [{ ...createScriptedSource('x'), type: 'drill' }] })
    expect(told.at(-1)?.drill).toBeNull()
  })
})
