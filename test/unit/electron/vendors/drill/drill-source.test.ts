import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STORY_LENGTH_MS } from '#electron/vendors/drill/plot/scenes.ts'
import type { Signal } from '#shared/domain/alert/schema.ts'
import { createStage, labelsText, listed, OPENING, poll, startOf } from './stage.ts'

const HOUR_MS = 3_600_000

describe('reports', () => {
  it('begin with everything, then bring what changed', async () => {
    const stage = createStage()
    const drill = stage.open()
    const first = await poll(drill)
    expect(first).toMatchObject({ kind: 'all', gone: [], total: 2, instance: null, rejections: [] })
    drill.accept()
    stage.pass(1_000)
    expect(await poll(drill)).toMatchObject({ kind: 'changes', signals: [], gone: [], total: 2 })
    drill.accept()
    stage.pass(5_000)
    const second = await poll(drill)
    expect(second.kind).toBe('changes')
    expect(second.signals.map(({ labels }) => labels['alertname'])).toEqual(['CheckoutLatencyHigh'])
    expect(second.total).toBe(3)
  })

  it('present again what was not accepted, and everything after a forget', async () => {
    const stage = createStage()
    const drill = stage.open()
    await poll(drill)
    drill.accept()
    stage.pass(6_000)
    const once = await poll(drill)
    expect(once.signals).toHaveLength(1)
    expect(await poll(drill)).toEqual(once)
    drill.forget()
    const all = await poll(drill)
    expect(all).toMatchObject({ kind: 'all', total: 3 })
    expect(all.signals).toHaveLength(3)
    // What was forgotten cannot be accepted any more.
    drill.forget()
    drill.accept()
    expect((await poll(drill)).kind).toBe('all')
  })

  it('name what is gone by its labels', async () => {
    const stage = createStage()
    const drill = stage.open()
    stage.pass(290_000)
    const before = await poll(drill)
    drill.accept()
    stage.pass(60_000)
    const after = await poll(drill)
    expect(after.signals).toEqual([])
    expect(after.gone).toHaveLength(before.total - after.total)
    expect(after.gone.map((labels) => labels['alertname'])).toContain('CheckoutLatencyHigh')
  })

  it('add up to the story, whatever is steered and whichever reports are lost', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ pass: fc.integer({ min: 1, max: 40_000 }) }) },
      fc.record({ speed: fc.constantFrom(0.5, 1, 7, 100) }),
      fc.record({ isPaused: fc.boolean() }),
      fc.constant({ restart: true }),
      fc.constant({ reopen: true }),
      fc.record({ jump: fc.constantFrom(-HOUR_MS, -5_000, 5_000, HOUR_MS) }),
    )
    const steps = fc.array(fc.tuple(step, fc.constantFrom('accept', 'forget', 'lose')), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 99 }), steps, async (seed, script) => {
        const stage = createStage()
        let drill = stage.open({ seed })
        let known = new Map<string, Signal>()
        for (const [what, outcome] of script) {
          if ('pass' in what) stage.pass(what.pass)
          else if ('jump' in what) stage.setWallClock(what.jump)
          else if ('reopen' in what) drill = stage.open({ seed })
          else drill.control(what)
          const report = await poll(drill)
          if (outcome === 'forget') drill.forget()
          if (outcome !== 'accept') continue
          drill.accept()
          if (report.kind === 'all') known = new Map()
          const unknown = report.gone.filter((labels) => !known.delete(labelsText(labels)))
          expect(unknown).toEqual([])
          for (const signal of report.signals) known.set(labelsText(signal.labels), signal)
          expect(known.size).toBe(report.total)
          const afresh = await listed(stage.open({ seed }))
          expect([...known.keys()].sort()).toEqual([...afresh.keys()].sort())
          expect(Object.fromEntries(known)).toEqual(Object.fromEntries(afresh))
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('start times', () => {
  it('are the wall time at which an alert began, at any speed', async () => {
    for (const speed of [0.5, 1, 10]) {
      const stage = createStage()
      const drill = stage.open({ speed })
      stage.pass(30_000 / speed)
      expect(await startOf(drill, 'CheckoutLatencyHigh')).toBe(OPENING + 5_000 / speed)
      expect(await startOf(drill, 'CardPaymentsFailing')).toBe(OPENING + 25_000 / speed)
      expect(await startOf(drill, 'Watchdog')).toBe(OPENING)
    }
  })

  it('hold through pauses and changes of speed, and later ones follow the new speed', async () => {
    const stage = createStage()
    const drill = stage.open()
    stage.pass(15_000)
    drill.control({ isPaused: true })
    stage.pass(100_000)
    drill.control({ isPaused: false, speed: 10 })
    stage.pass(2_000)
    expect(drill.status().at).toBe(35_000)
    expect(await startOf(drill, 'CheckoutLatencyHigh')).toBe(OPENING + 5_000)
    expect(await startOf(drill, 'CardPaymentsFailing')).toBe(OPENING + 115_000 + 1_000)
  })

  it('never move while an alert runs, and never lie in the future', async () => {
    const control = fc.record(
      { speed: fc.double({ min: 0.1, max: 100, noNaN: true }), isPaused: fc.boolean() },
      { requiredKeys: [] },
    )
    const script = fc.array(fc.tuple(fc.integer({ min: 0, max: 8_000 }), control, fc.boolean()), {
      minLength: 5,
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const stage = createStage()
        let drill = stage.open()
        // Into the storm, where 300 alerts began at different moments.
        stage.pass(145_000)
        let before = await listed(drill)
        let at = drill.status().at
        for (const [ms, change, isKilled] of steps) {
          stage.pass(ms)
          drill.control(change)
          if (isKilled) drill = stage.open()
          const after = await listed(drill)
          const isSameTelling = drill.status().at >= at
          const moved = [...after].filter(([key, { labels, startsAt }]) => {
            const known = before.get(key)
            if (startsAt > stage.wall()) return true
            if (!known || !isSameTelling || labels['alertname'] === 'DeliveryTimesOff') return false
            return startsAt !== known.startsAt
          })
          expect(moved).toEqual([])
          before = after
          at = drill.status().at
        }
      }),
      { numRuns: 30 },
    )
  })

  it('are new in the next telling, but for the Watchdog, which always fires', async () => {
    const stage = createStage()
    const drill = stage.open()
    const first = await listed(drill)
    stage.pass(STORY_LENGTH_MS + 700)
    const next = await listed(drill)
    expect(drill.status().at).toBe(0)
    const startsAt = (all: ReadonlyMap<string, Signal>, name: string) =>
      [...all.values()].find(({ labels }) => labels['alertname'] === name)?.startsAt
    expect(startsAt(next, 'Watchdog')).toBe(startsAt(first, 'Watchdog'))
    expect(startsAt(next, 'NodeFilesystemFillingUp')).toBe(OPENING + STORY_LENGTH_MS + 700)
    expect([...next.keys()]).not.toEqual([...first.keys()])
  })

  it('give the silence an end two hours after the alert began, the same at each poll', async () => {
    const stage = createStage()
    const drill = stage.open()
    stage.pass(80_000)
    const silenced = async () =>
      [...(await listed(drill)).values()].find(
        ({ labels }) => labels['alertname'] === 'SearchIndexStale',
      )?.suppression
    const expected = [
      {
        kind: 'silence',
        id: 'drill-SearchIndexStale',
        createdBy: 'alice@pronto.example',
        comment: 'Rebuilding the search index after the menu import, CHG-2231',
        endsAt: OPENING + 72_000 + 2 * HOUR_MS,
      },
    ]
    expect(await silenced()).toEqual(expected)
    drill.control({ speed: 3 })
    stage.pass(10_000)
    expect(await silenced()).toEqual(expected)
  })
})

describe('control', () => {
  it('pauses: nothing moves, nothing is lost', async () => {
    const stage = createStage()
    const drill = stage.open()
    stage.pass(30_000)
    await poll(drill)
    drill.accept()
    drill.control({ isPaused: true })
    stage.pass(HOUR_MS)
    expect(await poll(drill)).toMatchObject({ kind: 'changes', signals: [], gone: [], total: 4 })
    expect(drill.status()).toEqual({
      isPaused: true,
      speed: 1,
      at: 30_000,
      length: STORY_LENGTH_MS,
      scene: 'Card payments fail',
    })
    drill.control({ isPaused: false })
    stage.pass(1_000)
    expect(drill.status()).toMatchObject({ isPaused: false, at: 31_000 })
  })

  it('changes the speed from where the story is', () => {
    const stage = createStage()
    const drill = stage.open()
    stage.pass(10_000)
    drill.control({ speed: 20 })
    expect(drill.status()).toMatchObject({ at: 10_000, speed: 20 })
    stage.pass(1_000)
    expect(drill.status().at).toBe(30_000)
  })

  it('keeps a speed that is set during a pause for afterwards', () => {
    const stage = createStage()
    const drill = stage.open()
    drill.control({ isPaused: true })
    drill.control({ speed: 50 })
    stage.pass(1_000)
    expect(drill.status()).toMatchObject({ at: 0, speed: 50, isPaused: true })
  })

  it('starts the story again, also from a pause, as the next telling', async () => {
    const stage = createStage()
    const drill = stage.open()
    stage.pass(200_000)
    const before = await listed(drill)
    drill.control({ isPaused: true })
    drill.control({ restart: true })
    expect(drill.status()).toMatchObject({ at: 0, isPaused: false, scene: 'A quiet shift' })
    stage.pass(200_000)
    const after = await listed(drill)
    const pods = (all: ReadonlyMap<string, Signal>) =>
      new Set([...all.values()].map(({ labels }) => labels['pod']))
    expect(after.size).toBeGreaterThan(300)
    expect(pods(after)).not.toEqual(pods(before))
    drill.control({ restart: true, isPaused: true })
    stage.pass(5_000)
    expect(drill.status()).toMatchObject({ at: 0, isPaused: true })
  })

  it('writes marks when steered and when a telling begins, not at each poll', async () => {
    const stage = createStage()
    const drill = stage.open()
    expect(stage.writes()).toBe(1)
    for (let second = 0; second < 400; second += 1) {
      stage.pass(1_000)
      await poll(drill)
      drill.accept()
    }
    expect(stage.writes()).toBe(1)
    drill.control({ speed: 2 })
    expect(stage.writes()).toBe(2)
    stage.pass(20_000)
    await poll(drill)
    expect(stage.writes()).toBe(3)
  })

  it('keeps marks small however often the speed is changed', async () => {
    const stage = createStage()
    const drill = stage.open()
    stage.pass(140_000)
    for (let turn = 0; turn < 2_000; turn += 1) {
      drill.control({ speed: 0.1 + (turn % 50) / 50 })
      stage.pass(5)
    }
    await poll(drill)
    const [mark = ''] = [...stage.marks.values()]
    expect(mark.length).toBeLessThan(20_000)
  })
})

describe('a restart of the engine', () => {
  it('goes on where the story is, with the same starts, at the same speed', async () => {
    const stage = createStage()
    const drill = stage.open()
    stage.pass(20_000)
    drill.control({ speed: 4 })
    stage.pass(30_000)
    const before = await listed(drill)
    expect(before.size).toBeGreaterThan(20)
    const again = stage.open()
    expect(again.status()).toEqual(drill.status())
    expect(await listed(again)).toEqual(before)
    stage.pass(2_000)
    expect(again.status()).toMatchObject({ at: 148_000, speed: 4 })
  })

  it('counts the time that nobody was there, unless the story stood', () => {
    const stage = createStage()
    stage.open()
    stage.pass(60_000)
    expect(stage.open().status().at).toBe(60_000)
    stage.open().control({ isPaused: true })
    stage.pass(60_000)
    expect(stage.open().status()).toMatchObject({ at: 60_000, isPaused: true })
  })

  it('begins a new telling when the last one ended in the meantime', async () => {
    const stage = createStage()
    stage.open()
    stage.pass(9 * HOUR_MS)
    const drill = stage.open()
    expect((await poll(drill)).total).toBe(2)
    expect(drill.status().at).toBe(0)
    stage.pass(10_000)
    expect(await startOf(drill, 'CheckoutLatencyHigh')).toBe(OPENING + 9 * HOUR_MS + 5_000)
  })

  it('tells another seed from its beginning, and keeps drills with other names apart', () => {
    const stage = createStage()
    stage.open()
    stage.pass(60_000)
    expect(stage.open({ name: 'training' }).status().at).toBe(0)
    expect(stage.open().status().at).toBe(60_000)
    expect(stage.open({ seed: 2 }).status().at).toBe(0)
  })

  it('takes a new speed from the configuration, else the one that was steered', () => {
    const stage = createStage()
    stage.open({ speed: 2 }).control({ speed: 9 })
    expect(stage.open({ speed: 2 }).status().speed).toBe(9)
    stage.pass(1_000)
    expect(stage.open({ speed: 5 }).status()).toMatchObject({ speed: 5, at: 9_000 })
    expect(stage.open({ speed: 5 }).status()).toMatchObject({ speed: 5, at: 9_000 })
  })

  it.each(['', 'null', '{', '{"seed":1}', '{"seed":1,"segments":[]}'])(
    'begins anew from a mark that cannot be read: %j',
    async (mark) => {
      const stage = createStage()
      stage.open()
      stage.pass(60_000)
      stage.spoilMarks(mark)
      const drill = stage.open()
      expect(drill.status().at).toBe(0)
      expect((await poll(drill)).total).toBe(2)
    },
  )
})

describe('a wall clock that jumps', () => {
  it.each([
    ['forward', 5 * HOUR_MS],
    ['back', -5 * HOUR_MS],
  ])(
    '%s does not move the story; only what begins afterwards has the new time',
    async (_, jump) => {
      const stage = createStage()
      const drill = stage.open()
      stage.pass(10_000)
      await poll(drill)
      stage.setWallClock(jump)
      stage.pass(1_000)
      await poll(drill)
      expect(drill.status().at).toBe(11_000)
      stage.pass(20_000)
      expect(await startOf(drill, 'CheckoutLatencyHigh')).toBe(OPENING + 5_000)
      expect(await startOf(drill, 'CardPaymentsFailing')).toBe(OPENING + 25_000 + jump)
    },
  )

  it('back over a restart leaves the story at the place it was last steered at', () => {
    const stage = createStage()
    stage.open()
    stage.pass(10_000)
    stage.setWallClock(-HOUR_MS)
    expect(stage.open().status().at).toBe(0)
  })

  it('by little is no jump', async () => {
    const stage = createStage()
    const drill = stage.open()
    stage.setWallClock(1_500)
    await poll(drill)
    expect(stage.writes()).toBe(1)
  })
})

describe('the source', () => {
  it('describes itself and its heartbeat', () => {
    const drill = createStage().open()
    expect(drill).toMatchObject({
      id: 'drill',
      name: 'drill',
      type: 'drill',
      intervalMs: 1_000,
      heartbeats: ['alertname="Watchdog"'],
    })
  })

  it('answers "test connection" with what it tells, without any effect', async () => {
    const stage = createStage()
    const drill = stage.open({ seed: 42 })
    stage.pass(200_000)
    const report = await drill.test(new AbortController().signal)
    expect(report).toMatchObject({ isWorking: true, problem: null })
    expect(report.findings[0]).toContain('seed 42')
    expect(report.findings[1]).toBe(
      'Telling 1, 3:20 of 7:00: Storm: courier dispatch loses a zone.',
    )
    expect(report.findings[2]).toMatch(/^31\d alerts, 3 suppressed\.$/)
    stage.pass(STORY_LENGTH_MS)
    const before = stage.writes()
    await drill.test(new AbortController().signal)
    expect(stage.writes()).toBe(before)
    await drill.close()
  })
})
