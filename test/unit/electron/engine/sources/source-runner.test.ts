import { describe, expect, it } from 'vitest'
import type { Source, SourceReport } from '#electron/engine/ports/source.ts'
import { createSourceRunner, type OutcomeHandler } from '#electron/engine/sources/source-runner.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { SourceProblem } from '#shared/domain/source/schema.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createScriptedSource, signal, unreachableProblem } from '#test/fixtures/scripted-source.ts'

const INTERVAL = 10_000
type Answer = Result<SourceReport, SourceProblem>

function startRunner(source: Source, onOutcome: OutcomeHandler = () => true, random = 0.5) {
  const clock = createFakeClock()
  const errors: string[] = []
  const logger = { ...silentLogger, error: (_: object, message: string) => errors.push(message) }
  const ids = { ...createNodeIds(), random: () => random }
  const runner = createSourceRunner(source, { clock, ids, logger }, onOutcome)
  return { clock, runner, errors }
}

/** A source that answers when the test says so. */
function slowSource(scripted = createScriptedSource('am')) {
  const answers: ((answer: Answer) => void)[] = []
  const source: Source = {
    ...scripted,
    poll: () =>
      new Promise<Answer>((resolve) => {
        answers.push(resolve)
      }),
  }
  const answer = async () => {
    answers.shift()?.(await scripted.poll(new AbortController().signal))
  }
  return { source, answer, waiting: () => answers.length }
}

describe('a source runner', () => {
  it('waits its interval after a good answer, and longer and longer after failures', async () => {
    const source = createScriptedSource('am')
    const { clock, runner } = startRunner(source)
    runner.start()
    await clock.advance(0)
    expect(source.polls()).toBe(1)
    await clock.advance(INTERVAL - 1)
    expect(source.polls()).toBe(1)
    source.failWith(unreachableProblem)
    await clock.advance(1)
    expect(source.polls()).toBe(2)
    for (const [wait, polls] of [
      [10_000, 3],
      [20_000, 4],
      [40_000, 5],
      [40_000, 6],
    ] as const) {
      await clock.advance(wait - 1)
      expect(source.polls()).toBe(polls - 1)
      await clock.advance(1)
      expect(source.polls()).toBe(polls)
    }
    source.failWith(null)
    await clock.advance(40_000)
    await clock.advance(INTERVAL)
    expect(source.polls()).toBe(8)
    await runner.stop()
    await clock.advance(100_000)
    expect(source.polls()).toBe(8)
  })

  it.each([
    [0, 7_500],
    [0.999_999, 12_500],
  ])('spreads its tries by chance: %d', async (random, latest) => {
    const source = createScriptedSource('am')
    source.failWith(unreachableProblem)
    const { clock, runner } = startRunner(source, () => true, random)
    runner.start()
    await clock.advance(latest - 100)
    expect(source.polls()).toBe(1)
    await clock.advance(200)
    expect(source.polls()).toBe(2)
  })

  it('does not wait a minute where the interval is longer than that', async () => {
    const source = createScriptedSource('am', { intervalMs: 300_000 })
    source.failWith(unreachableProblem)
    const { clock, runner } = startRunner(source)
    runner.start()
    await clock.advance(0)
    await clock.advance(300_000)
    expect(source.polls()).toBe(2)
    await clock.advance(300_000)
    expect(source.polls()).toBe(3)
  })

  it('asks once, however often it is told to ask while a poll is under way', async () => {
    const { source, answer, waiting } = slowSource()
    const { clock, runner } = startRunner(source)
    runner.start()
    const both = Promise.all([runner.pollNow(), runner.pollNow()])
    expect(waiting()).toBe(1)
    expect(runner.pulse()).toMatchObject({ isPolling: true, ageMs: null, latencyMs: null })
    await clock.advance(300)
    await answer()
    await both
    expect(runner.pulse()).toMatchObject({ isPolling: false, ageMs: 300, latencyMs: 300 })
    await clock.advance(INTERVAL)
    expect(waiting()).toBe(1)
  })

  it('says for how long the server wants a pause, which a person need not wait for', async () => {
    const asked: (boolean | undefined)[] = []
    let pausedMs: number | null = 290_000
    const scripted = createScriptedSource('am')
    const source: Source = {
      ...scripted,
      poll: (signal, options) => {
        asked.push(options?.isAsked)
        return scripted.poll(signal)
      },
      pausedMs: () => pausedMs,
    }
    const { runner } = startRunner(source)
    await runner.pollNow()
    expect(runner.pulse().pausedMs).toBe(290_000)
    pausedMs = null
    await runner.pollNow(true)
    expect(runner.pulse().pausedMs).toBeNull()
    expect(asked).toEqual([false, true])
  })

  it('says what is remarkable about a source until an answer comes without it', async () => {
    const source = createScriptedSource('am')
    const { runner } = startRunner(source)
    expect(runner.pulse().remarks).toEqual([])
    const remark = { code: 'no-restarts', text: 'Restarts cannot be told from recoveries.' }
    source.remark([remark])
    await runner.pollNow()
    source.failWith(unreachableProblem)
    await runner.pollNow()
    expect(runner.pulse().remarks).toEqual([remark])
    source.failWith(null)
    source.remark([])
    await runner.pollNow()
    expect(runner.pulse().remarks).toEqual([])
  })

  it('says in words that an adapter threw, and goes on asking', async () => {
    let polls = 0
    const source: Source = {
      ...createScriptedSource('am'),
      poll: () => {
        polls += 1
        throw new Error('a bug with the token hunter2 in it')
      },
    }
    const problems: unknown[] = []
    const { clock, runner, errors } = startRunner(source, (_source, outcome) => {
      if (!outcome.ok) problems.push(outcome.error)
      return true
    })
    runner.start()
    await clock.advance(INTERVAL)
    expect(polls).toBe(2)
    expect(problems[0]).toMatchObject({ code: 'internal' })
    expect(JSON.stringify(problems)).not.toContain('hunter2')
    expect(errors).toHaveLength(2)
  })

  it('accepts what was recorded, forgets what was not, and neither after a failure', async () => {
    const calls: string[] = []
    const scripted = createScriptedSource('am')
    const source: Source = {
      ...scripted,
      accept: () => void calls.push('accept'),
      forget: () => void calls.push('forget'),
    }
    let isRecorded = true
    const { clock, runner } = startRunner(source, () => isRecorded)
    runner.start()
    await clock.advance(0)
    isRecorded = false
    await clock.advance(INTERVAL)
    scripted.failWith(unreachableProblem)
    await clock.advance(INTERVAL)
    expect(calls).toEqual(['accept', 'forget'])
  })

  it('says nothing after it was stopped, whatever is still answered', async () => {
    const { source, answer } = slowSource()
    const outcomes: unknown[] = []
    const { clock, runner } = startRunner(source, (...outcome) => {
      outcomes.push(outcome)
      return true
    })
    runner.start()
    const stopped = runner.stop()
    await answer()
    await stopped
    await runner.pollNow()
    await clock.advance(10 * INTERVAL)
    expect(outcomes).toEqual([])
  })

  it('knows that an answer is older when the machine slept while it was under way', async () => {
    const { source, answer } = slowSource()
    const { clock, runner } = startRunner(source)
    runner.start()
    await clock.advance(100)
    runner.slept(3_600_000)
    await answer()
    await clock.advance(0)
    expect(runner.pulse().ageMs).toBeGreaterThanOrEqual(3_600_000)
  })

  it('counts the silence before the first answer from the start, and sleep as silence', async () => {
    const { source } = slowSource()
    const { clock, runner } = startRunner(source)
    await clock.advance(5_000)
    runner.start()
    await clock.advance(1_000)
    expect(runner.facts()).toMatchObject({ silentMs: 1_000, problem: undefined })
    runner.slept(60_000)
    expect(runner.facts()).toMatchObject({ silentMs: 61_000, lastAnswerAt: null })
  })
})

describe('an engine that fails inside on one answer', () => {
  it('says so, goes on with the rest, and takes everything in when it can again', async () => {
    const [am, other] = [createScriptedSource('am'), createScriptedSource('other')]
    am.show([signal({ alertname: 'A' })])
    const test = startTestEngine([am, other])
    await test.clock.advance(0)
    // What no adapter sends: an annotation that throws when it is looked at.
    const broken = Object.defineProperty(signal({ alertname: 'B' }), 'annotations', {
      get: () => {
        throw new Error('a bug')
      },
    })
    const poll = am.poll.bind(am)
    am.poll = async (abort) => {
      const answer = await poll(abort)
      return answer.ok ? { ok: true, value: { ...answer.value, signals: [broken] } } : answer
    }
    other.show([signal({ alertname: 'C' })])
    await test.clock.advance(INTERVAL)
    expect(am.forgotten()).toBe(1)
    expect(test.engine.status.value().problems).toMatchObject([{ code: 'internal' }])
    am.poll = poll
    am.show([signal({ alertname: 'B' })])
    await test.clock.advance(INTERVAL)
    const firing = [...test.engine.state().alerts.values()].filter(
      ({ status }) => status === 'firing',
    )
    expect(firing.map(({ labels }) => labels['alertname']).sort()).toEqual(['B', 'C'])
  })
})
