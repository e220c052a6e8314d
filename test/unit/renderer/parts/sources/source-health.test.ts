import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { unconfirmedBySource } from '#renderer/engine/watch/unconfirmed.ts'
import { healthOf } from '#renderer/parts/sources/source-health.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

const seen = (presence: 'present' | 'unknown') => ({
  presence,
  startsAt: 1,
  generatorUrl: null,
  receivers: [],
  suppression: [],
})

describe('the health of a source', () => {
  it('is not good while it has not confirmed its alerts after a restart', () => {
    expect(healthOf('healthy', 'open', 0)).toBe('healthy')
    expect(healthOf('healthy', 'open', 9)).toBe('unconfirmed')
  })

  it('is unknown without the engine, and what is worse stays', () => {
    expect(healthOf('healthy', 'lost', 9)).toBe('unknown')
    expect(healthOf('failing', 'open', 9)).toBe('failing')
    expect(healthOf('stale', 'open', 9)).toBe('stale')
  })

  it('counts only what no other source confirms', () => {
    const alerts = new Map<string, Alert>([
      ['a', alertWith({ key: 'a', status: 'unconfirmed', observations: { am: seen('unknown') } })],
      ['b', alertWith({ key: 'b', observations: { am: seen('unknown'), other: seen('present') } })],
      ['c', alertWith({ key: 'c', status: 'resolved', observations: {} })],
    ])
    expect([...unconfirmedBySource(alerts)]).toEqual([['am', 1]])
  })
})
