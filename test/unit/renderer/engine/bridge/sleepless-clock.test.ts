import { describe, expect, it } from 'vitest'
import { sleeplessClock } from '#renderer/engine/bridge/sleepless-clock.ts'
import { FakePorts } from './fake-engine.ts'

const HOUR_MS = 3_600_000

function onClock() {
  const ports = new FakePorts()
  return { ports, steady: sleeplessClock(ports) }
}

describe('the clock that ages are counted on', () => {
  it('counts a night that the machine slept, and each night anew', () => {
    const { ports, steady } = onClock()
    ports.pass(10_000)
    ports.wallOffset += 8 * HOUR_MS
    expect(steady()).toBe(8 * HOUR_MS + 10_000)
    ports.pass(5_000)
    ports.wallOffset += HOUR_MS
    expect(steady()).toBe(9 * HOUR_MS + 15_000)
  })

  it('never goes back, and counts a sleep in full after the wall clock was set back', () => {
    const { ports, steady } = onClock()
    ports.wallOffset -= HOUR_MS
    ports.pass(1_000)
    expect(steady()).toBe(1_000)
    ports.wallOffset += HOUR_MS
    expect(steady()).toBe(HOUR_MS + 1_000)
  })

  it('does not run ahead with a wall clock that trembles', () => {
    const { ports, steady } = onClock()
    for (let times = 0; times < 1_000; times += 1) {
      ports.wallOffset += times % 2 === 0 ? 7 : -7
      steady()
    }
    expect(steady()).toBe(0)
  })
})
