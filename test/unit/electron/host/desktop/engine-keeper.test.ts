import { describe, expect, it } from 'vitest'
import { createEngineKeeper, type EngineStanding } from '#electron/host/desktop/engine-keeper.ts'
import type { RunningEngine } from '#electron/host/node/start-engine.ts'
import type { JournalOpenProblem } from '#electron/journal/problem.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { ada } from '#test/fixtures/persons.ts'

type Started = Result<RunningEngine, JournalOpenProblem>

const locked: Started = fail({
  code: 'locked',
  message: 'Another Deckwatch has the journal.',
  hint: 'Quit it.',
})

/** A keeper whose attempts end when, and how, the test says. */
function make() {
  const { engine, clock } = startTestEngine([])
  const attempts: PromiseWithResolvers<Started>[] = []
  let stops = 0
  const keeper = createEngineKeeper({
    startEngine() {
      const attempt = Promise.withResolvers<Started>()
      attempts.push(attempt)
      return attempt.promise
    },
    clock,
  })
  const kinds: EngineStanding['kind'][] = []
  keeper.follow(({ kind }) => kinds.push(kind))
  const runs = ok({
    engine,
    owner: () => ada,
    people: () => [],
    stop() {
      stops += 1
      return Promise.resolve()
    },
  })
  const last = () => attempts.at(-1)!
  return { keeper, attempts, last, kinds, clock, runs, stops: () => stops }
}

describe('the keeper of the engine', () => {
  it('says why there is none and when that was found out, and tries again when it is asked', async () => {
    const { keeper, last, kinds, clock, runs } = make()
    const first = keeper.start()
    last().resolve(locked)
    await first
    expect(keeper.standing()).toEqual({
      kind: 'missing',
      journal: {
        message: 'Another Deckwatch has the journal.',
        hint: 'Quit it.',
        triedAt: clock.now(),
      },
    })
    const second = keeper.start()
    expect(keeper.standing().kind).toBe('starting')
    last().resolve(runs)
    await second
    expect(kinds).toEqual(['starting', 'missing', 'starting', 'running'])
  })

  it('starts one engine, however often it is asked', async () => {
    const { keeper, attempts, last, runs } = make()
    const both = [keeper.start(), keeper.start()]
    last().resolve(runs)
    await Promise.all(both)
    await keeper.start()
    expect(attempts).toHaveLength(1)
  })

  it('ends the engine that runs', async () => {
    const { keeper, last, runs, stops } = make()
    const started = keeper.start()
    last().resolve(runs)
    await started
    await keeper.stop()
    expect(stops()).toBe(1)
  })

  it('ends the engine that was being started when the program ends, and tells nobody of it', async () => {
    const { keeper, attempts, last, kinds, runs, stops } = make()
    const started = keeper.start()
    const stopped = keeper.stop()
    last().resolve(runs)
    await Promise.all([started, stopped])
    expect(stops()).toBe(1)
    expect(kinds).toEqual(['starting'])
    await keeper.start()
    expect(attempts).toHaveLength(1)
  })

  it('lets a bug through to who asked, and still ends', async () => {
    const { keeper, last } = make()
    const started = keeper.start()
    const stopped = keeper.stop()
    last().reject(new Error('a bug'))
    await expect(started).rejects.toThrow('a bug')
    await expect(stopped).resolves.toBeUndefined()
  })
})
