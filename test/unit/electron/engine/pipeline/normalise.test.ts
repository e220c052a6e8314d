import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alertKey, normalise } from '#electron/engine/pipeline/normalise.ts'
import { DEFAULT_REALM } from '#shared/domain/realm/realm.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { signal } from '#test/fixtures/scripted-source.ts'

const ids = createNodeIds()

describe('normalise', () => {
  it('knows a label set by all of its names and values, in any order', () => {
    expect(alertKey({ a: '1', b: '2' }, DEFAULT_REALM, ids)).toBe(
      alertKey({ b: '2', a: '1' }, DEFAULT_REALM, ids),
    )
    const sets = [
      {},
      { a: '' },
      { a: '1' },
      { a1: '' },
      { a: '1', b: '' },
      { a: '1b' },
      { '': 'a1' },
    ]
    const keys = sets.map((labels) => alertKey(labels, DEFAULT_REALM, ids))
    expect(new Set(keys).size).toBe(sets.length)
  })

  it('never gives two label sets one key', () => {
    const labels = fc.dictionary(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }), {
      maxKeys: 3,
      noNullPrototype: true,
    })
    fc.assert(
      fc.property(labels, labels, (a, b) => {
        const isSame =
          JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
        expect(alertKey(a, DEFAULT_REALM, ids) === alertKey(b, DEFAULT_REALM, ids)).toBe(isSame)
      }),
    )
  })

  it('keeps of equal label sets the one that started first, else one that does not depend on order', () => {
    const early = signal({ a: '1' }, { startsAt: 1 })
    const late = signal({ a: '1' }, { startsAt: 2 })
    const twin = signal({ a: '1' }, { startsAt: 1, annotations: { summary: 'a text before' } })
    for (const signals of [
      [early, late],
      [late, early],
    ]) {
      expect(normalise(signals, DEFAULT_REALM, ids).map((item) => item.signal)).toEqual([early])
    }
    expect(normalise([early, twin, late], DEFAULT_REALM, ids)).toEqual(
      normalise([late, twin, early], DEFAULT_REALM, ids),
    )
  })

  it('notes what the adapter had to estimate or to make readable', () => {
    const decisions = (more: object) =>
      normalise([signal({ a: '1' }, more)], DEFAULT_REALM, ids).flatMap((item) => [
        ...item.decisions,
      ])
    expect(decisions({})).toEqual([])
    expect(decisions({ isStartEstimated: true })).toEqual(['start-estimated'])
    expect(decisions({ isTextCleaned: true })).toEqual(['text-cleaned'])
    expect(decisions({ isStartEstimated: true, isTextCleaned: true })).toHaveLength(2)
  })
})
