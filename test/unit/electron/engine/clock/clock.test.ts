import { describe, expect, it } from 'vitest'
import { createClockGuard } from '#electron/engine/clock/clock-guard.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const INTERVAL = 10_000
const DAY = 86_400_000
const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning' }

describe('the clock guard', () => {
  it('takes drift for drift, up to five seconds between two looks', async () => {
    const clock = createFakeClock()
    const guard = createClockGuard(clock)
    expect(guard.isSettled()).toBe(false)
    for (const drift of [4_999, -4_999, 4_999, 4_999]) {
      clock.jump(drift)
      await clock.advance(1_000)
      expect(guard.check()).toBeNull()
    }
    expect(guard.isSettled()).toBe(false)
  })

  it('tells a jump forward from one backward, once, and forgets it after two minutes', async () => {
    const clock = createFakeClock()
    const guard = createClockGuard(clock)
    clock.jump(5_000)
    expect(guard.check()).toMatchObject({ forwardMs: 5_000 })
    expect(guard.check()).toBeNull()
    clock.jump(-60_000)
    const back = guard.check()
    expect(back?.forwardMs).toBe(0)
    expect(back?.message).toContain('back by 60 s')
    await clock.advance(119_999)
    expect(guard.isSettled()).toBe(false)
    await clock.advance(1)
    expect(guard.isSettled()).toBe(true)
  })
})

describe('a clock that is set back', () => {
  it('does not make data older, says so, and asks the sources at once', async () => {
    const source = createScriptedSource('am', { intervalMs: 60_000 })
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(5_000)
    const polls = source.polls()
    test.clock.jump(-3_600_000)
    await test.clock.advance(1_000)
    expect(test.engine.status.value().problems).toMatchObject([{ code: 'clock-jumped' }])
    expect(source.polls()).toBe(polls + 1)
    expect(test.engine.state().sources.get('am')?.health).toBe('healthy')
    expect([...test.engine.state().alerts.values()]).toMatchObject([{ status: 'firing' }])
    await test.clock.advance(130_000)
    expect(test.engine.status.value().problems).toEqual([])
  })

  it('does not leave an alert flapping for as long as the jump', async () => {
    const source = createScriptedSource('am')
    const test = startTestEngine([source])
    for (let round = 0; round < 3; round += 1) {
      source.show([signal(disk, { startsAt: test.clock.now() })])
      await test.clock.advance(INTERVAL)
      source.show([])
      await test.clock.advance(INTERVAL)
    }
    const flapping = () => [...test.engine.state().alerts.values()][0]?.flappingSince ?? null
    expect(flapping()).not.toBeNull()
    test.clock.jump(-30 * DAY)
    await test.clock.advance(60 * 60_000)
    expect(flapping()).toBeNull()
  })

  it('does not keep a resolved incident for as long as the jump', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    await test.clock.advance(INTERVAL)
    test.clock.jump(-30 * DAY)
    await test.clock.advance(3 * 3_600_000)
    expect([...test.engine.state().incidents.values()]).toMatchObject([{ status: 'closed' }])
  })
})

describe('a machine that slept', () => {
  it('does not say that a source does not answer before it was asked again', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(5_000)
    test.clock.jump(8 * 3_600_000)
    await test.clock.advance(1_000)
    expect(test.engine.state().sources.get('am')?.health).toBe('healthy')
    expect(
      [...test.engine.state().alerts.values()].map(({ labels }) => labels['alertname']),
    ).toEqual(['DiskFull'])
  })

  it('says so when the source does not answer after it woke', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(5_000)
    source.poll = () => Promise.withResolvers<never>().promise
    test.clock.jump(8 * 3_600_000)
    await test.clock.advance(5 * INTERVAL)
    expect(test.engine.state().sources.get('am')?.health).toBe('stale')
    expect(
      [...test.engine.state().incidents.values()].map(({ group }) => group['alertname']),
    ).toContain('SourceNotAnswering')
  })
})
