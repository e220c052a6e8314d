import { describe, expect, it } from 'vitest'
import {
  FIRST_WAIT_MS,
  LONGEST_WAIT_MS,
  waitBeforeAttempt,
} from '#renderer/engine/bridge/back-off.ts'

describe('waitBeforeAttempt', () => {
  it.each([0, 0.25, 0.5, 0.999])('stays within its bounds for a chance of %d', (random) => {
    for (let failures = 0; failures < 40; failures += 1) {
      const wait = waitBeforeAttempt(failures, random)
      expect(wait).toBeGreaterThanOrEqual(FIRST_WAIT_MS)
      expect(wait).toBeLessThanOrEqual(LONGEST_WAIT_MS)
    }
  })

  it('spreads attempts that fail together', () => {
    expect(waitBeforeAttempt(6, 0.9)).toBeGreaterThan(waitBeforeAttempt(6, 0.1) + 1_000)
  })
})
