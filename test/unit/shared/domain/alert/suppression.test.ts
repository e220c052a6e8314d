import { describe, expect, it } from 'vitest'
import {
  alertName,
  alertTitle,
  type Alert,
  type Observation,
  type Suppression,
} from '#shared/domain/alert/schema.ts'
import { changesWithin, isCalmAgain } from '#shared/domain/alert/flapping.ts'
import { mergeSuppression } from '#shared/domain/alert/suppression.ts'

const mute: Suppression = { kind: 'mute', id: 'night' }
const inhibition: Suppression = { kind: 'inhibition', id: 'x', by: null }
const says = (
  suppression: Suppression[] | null,
  presence: Observation['presence'] = 'present',
): Observation => ({ presence, startsAt: 0, generatorUrl: null, receivers: [], suppression })

describe('mergeSuppression', () => {
  it.each<readonly [string, Record<string, Observation>, string | null, Suppression[]]>([
    ['nobody lists it', {}, null, []],
    ['one holds it back', { a: says([mute]) }, null, [mute]],
    ['one of two shows it active', { a: says([mute]), b: says([]) }, null, []],
    ['the other does not know of silences', { a: says([mute]), b: says(null) }, null, [mute]],
    ['only one that does not know of them', { b: says(null) }, null, []],
    ['the active one lost its memory', { a: says([mute]), b: says([], 'unknown') }, null, [mute]],
    ['the only one lost its memory: its last word', { a: says([mute], 'unknown') }, null, [mute]],
    [
      'it lost its memory, another lists it',
      { a: says([mute], 'unknown'), b: says(null) },
      null,
      [],
    ],
    ['both hold it back, for one reason', { a: says([mute]), b: says([mute]) }, null, [mute]],
    [
      'both hold it back, for two reasons, in one order',
      { a: says([mute]), b: says([inhibition]) },
      null,
      [inhibition, mute],
    ],
    ['a heartbeat', { a: says([]) }, 'w', [{ kind: 'heartbeat', id: 'w' }]],
    ['a silenced heartbeat', { a: says([mute]) }, 'w', [{ kind: 'heartbeat', id: 'w' }, mute]],
  ])('%s', (_, observations, heartbeat, expected) => {
    expect(mergeSuppression(observations, heartbeat)).toEqual(expected)
  })
})

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
