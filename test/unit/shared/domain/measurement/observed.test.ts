import { describe, expect, it } from 'vitest'
import { observe, type Observed } from '#shared/domain/measurement/observed.ts'
import { current, unknown, type Reading } from '#shared/domain/measurement/reading.ts'

const at = (seconds: number, holds: boolean): Reading => ({
  kind: 'condition',
  holds,
  value: null,
  bound: null,
  at: seconds * 1_000,
  source: 'prom',
  freshMs: 45_000,
})

function after(...readings: readonly (readonly [Reading, boolean | null])[]): Observed | undefined {
  let observed: Observed | undefined
  for (const [reading, holds] of readings) {
    observed = observe(observed, { reading, holds, baseline: null, before: null, heldBefore: null })
  }
  return observed
}

describe('a condition over time', () => {
  it('holds since the first of its readings without a gap', () => {
    const held = after([at(0, false), false], [at(15, true), true], [at(30, true), true])
    expect(held?.since).toBe(15_000)
  })

  it('goes on over a reading that failed, and not over a gap', () => {
    const failed = [unknown('no data'), null] as const
    expect(after([at(0, true), true], failed, [at(60, true), true])?.since).toBe(0)
    expect(after([at(0, true), true], failed, [at(121, true), true])?.since).toBe(121_000)
    expect(after([at(0, true), true], [at(15, false), false], failed)?.since).toBeNull()
  })

  it('is no longer known by a reading that is too old', () => {
    expect(current(at(0, true), 45_000).kind).toBe('condition')
    expect(current(at(0, true), 45_001)).toMatchObject({
      kind: 'unknown',
      reason: 'the last measurement is too old',
      at: 0,
    })
  })
})
