import { describe, expect, it } from 'vitest'
import { alertName, alertTitle, type Alert } from '#shared/domain/alert/schema.ts'
import { changesWithin, isCalmAgain } from '#shared/domain/alert/flapping.ts'

describe('flapping at its bounds', () => {
  const rule = { changes: 5, withinMs: 1_000 }

  it('counts a change of now, and earlier ones that are younger than its time', () => {
    expect(changesWithin(undefined, rule, 5_000)).toBe(1)
    expect(changesWithin({ changes: [] }, rule, 5_000)).toBe(1)
    expect(changesWithin({ changes: [4_000, 4_001, 5_000] }, rule, 5_000)).toBe(3)
  })

  it('is calm half of its time after the last change', () => {
    const alert = (change: Partial<Alert> = {}): Alert => ({
      key: 'k',
      id: 'a',
      labels: {},
      annotations: {},
      startsAt: 0,
      status: 'firing',
      statusSince: 4_000,
      severity: 'P2',
      incidentId: 'i',
      observations: {},
      endedBy: null,
      suppression: [],
      decisions: [],
      changes: [3_000],
      flappingSince: 3_000,
      revision: 1,
      ...change,
    })
    expect(isCalmAgain(alert(), rule, 3_499)).toBe(false)
    expect(isCalmAgain(alert(), rule, 3_500)).toBe(true)
    expect(isCalmAgain(alert({ changes: [] }), rule, 4_499)).toBe(false)
    expect(isCalmAgain(alert({ flappingSince: null }), rule, 9_000)).toBe(false)
  })
})

describe('the title of an alert', () => {
  it('is its summary, else what comes nearest to one', () => {
    const labels = { alertname: 'A' }
    expect(alertTitle({ labels, annotations: { title: 't', message: 'm', summary: 's' } })).toBe(
      's',
    )
    expect(alertTitle({ labels, annotations: { title: 't', message: 'm', summary: '' } })).toBe('m')
    expect(alertTitle({ labels, annotations: { title: 't' } })).toBe('t')
    expect(alertTitle({ labels, annotations: {} })).toBe('A')
    expect(alertTitle({ labels: {}, annotations: {} })).toBe(alertName({ alertname: '' }))
  })
})
