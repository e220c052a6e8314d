import { describe, expect, it } from 'vitest'
import type { Observation, Suppression } from '#shared/domain/alert/schema.ts'
import { judgeSnooze } from '#shared/domain/suppression/snooze.ts'
import { judgeSuppression } from '#shared/domain/suppression/judge.ts'

const mute: Suppression = { kind: 'mute', id: 'night' }
const inhibition: Suppression = { kind: 'inhibition', id: 'x', by: null }
const says = (
  suppression: Suppression[] | null,
  presence: Observation['presence'] = 'present',
): Observation => ({ presence, startsAt: 0, generatorUrl: null, receivers: [], suppression })

describe('the judgement of an alert', () => {
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
    const verdict = judgeSuppression(
      { labels: {}, observations },
      { now: 0, heartbeatOf: () => heartbeat },
    )
    expect(verdict.reasons).toEqual(expected)
    expect(verdict.isSuppressed).toBe(expected.length > 0)
  })
})

describe('until when an alert is suppressed', () => {
  const silence = (id: string, endsAt: number | null): Suppression => ({
    kind: 'silence',
    id,
    createdBy: null,
    comment: null,
    endsAt,
  })
  const untilOf = (suppression: Suppression[]) =>
    judgeSuppression(
      { labels: {}, observations: { a: says(suppression) } },
      { now: 5_000, heartbeatOf: () => null },
    )

  it('is the end of the last silence, and not known where one reason has none', () => {
    expect(untilOf([]).until).toBeNull()
    expect(untilOf([silence('x', 9_000), silence('y', 7_000)]).until).toBe(9_000)
    expect(untilOf([silence('x', 9_000), silence('y', null)]).until).toBeNull()
    expect(untilOf([silence('x', 9_000), mute]).until).toBeNull()
  })

  it('is no reason to end it before its source says so', () => {
    expect(untilOf([silence('x', 4_000)])).toMatchObject({ isSuppressed: true, until: 4_000 })
  })

  it('asks for the heartbeat by the sources that list it', () => {
    const asked: unknown[] = []
    const alert = { labels: { a: 'b' }, observations: { x: says(null), y: says([]) } }
    const heartbeatOf = (...args: unknown[]) => {
      asked.push(args)
      return null
    }
    judgeSuppression(alert, { now: 0, heartbeatOf })
    expect(asked).toEqual([[{ a: 'b' }, ['x', 'y']]])
  })
})

describe('the judgement of a snooze', () => {
  const snoozed = { at: 1_000, until: 5_000, by: { kind: 'deckwatch' } } as const

  it('holds until its time, and says until when', () => {
    const incident = { snoozed, severity: 'P1' } as const
    expect(judgeSnooze(incident, 4_999)).toEqual({
      isSuppressed: true,
      reasons: [snoozed],
      until: 5_000,
    })
    expect(judgeSnooze(incident, 5_000)).toEqual({ isSuppressed: false, reasons: [], until: null })
    expect(judgeSnooze({ ...incident, snoozed: null }, 0).isSuppressed).toBe(false)
  })

  it('does not hold a worse alert', () => {
    const incident = { snoozed, severity: 'P1' } as const
    expect(judgeSnooze(incident, 2_000, 'P0').isSuppressed).toBe(false)
    expect(judgeSnooze(incident, 2_000, 'P1').isSuppressed).toBe(true)
    expect(judgeSnooze(incident, 2_000, 'P3').isSuppressed).toBe(true)
  })
})
