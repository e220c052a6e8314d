import { describe, expect, it } from 'vitest'
import {
  likeness,
  mostAlike,
  traitKey,
  traitsOf,
  type Trait,
} from '#shared/domain/history/similar.ts'

const of = (title: string, labels: Readonly<Record<string, string>> = {}) =>
  traitsOf(
    title,
    Object.entries(labels).map(([name, value]) => ({ name, value })),
  )
const rare = { total: 10, with: new Map<string, number>() }
const shared = (a: readonly Trait[], b: readonly Trait[]) => likeness(a, b, rare)

describe('the traits of an incident', () => {
  it('are its labels, and the words of its title that say something', () => {
    expect(
      of('Payments are failing for checkout', {
        ...{ service: 'checkout', alertname: 'X', severity: 'page', zone: '' },
      }).map(traitKey),
    ).toEqual(['label ["service","checkout"]', 'word payment', 'word fail'])
  })
})

describe('likeness', () => {
  it('says why', () => {
    const found = shared(
      of('Card payments fail', { service: 'till', cluster: 'eu' }),
      of('Payments failed', { service: 'till', cluster: 'us' }),
    )
    expect(found?.why).toEqual({
      labels: [{ name: 'service', value: 'till' }],
      words: ['payments', 'fail'],
    })
  })

  it('is none by one label alone, however much it says, nor by a word', () => {
    const labels = { service: 'till' }
    expect(shared(of('Payments fail', labels), of('Disk is full', labels))).toBeNull()
    expect(shared(of('Payments fail'), of('Payments are late'))).toBeNull()
    expect(shared(of('a'), of('b'))).toBeNull()
  })

  it('counts little what many have', () => {
    const own = of('Payments fail', { service: 'till' })
    const counts = new Map(own.map((trait) => [traitKey(trait), 900]))
    expect(likeness(own, own, { total: 1_000, with: counts })).toBeNull()
    expect(likeness(own, own, { total: 100_000, with: counts })).not.toBeNull()
  })

  it('is the same both ways', () => {
    const a = of('Card payments fail', { service: 'till', namespace: 'shop' })
    const b = of('Payments failing', { namespace: 'shop', service: 'till' })
    expect(shared(a, b)?.score).toBe(shared(b, a)?.score)
  })
})

describe('the most alike', () => {
  it('come first, of equals the newest', () => {
    const own = of('Card payments fail', { service: 'till' })
    const candidates = [
      { seq: 1, traits: of('Payments fail', { service: 'till' }) },
      { seq: 2, traits: of('Payments fail', { service: 'till' }) },
      { seq: 3, traits: of('Card payments fail', { service: 'till' }) },
      { seq: 4, traits: of('Disk is full', { service: 'mail' }) },
    ]
    expect(mostAlike(own, candidates, rare).map(({ candidate }) => candidate.seq)).toEqual([
      ...[3, 2, 1],
    ])
  })
})
