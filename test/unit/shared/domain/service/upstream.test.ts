import { describe, expect, it } from 'vitest'
import { servicesFileSchema } from '#shared/domain/service/schema.ts'
import { createServiceMap } from '#shared/domain/service/service-map.ts'
import { fromServiceTexts, toServiceTexts } from '#shared/domain/service/texts.ts'
import { createUpstream, servicesOf } from '#shared/domain/service/upstream.ts'

/** Services by what they need. */
function mapOf(dependsOn: Readonly<Record<string, readonly string[]>>) {
  const services = Object.entries(dependsOn).map(([name, needed]) => ({
    name,
    owner: `team:${name}`,
    dependsOn: needed,
  }))
  return createServiceMap(servicesFileSchema.parse({ services }).services)
}

const shop = mapOf({
  storefront: ['checkout', 'search'],
  checkout: ['payments', 'orders-db'],
  payments: ['orders-db', 'northpay'],
  search: ['platform'],
  'orders-db': ['platform'],
  northpay: [],
  platform: [],
  video: ['nobody'],
})

describe('what is upstream of an incident', () => {
  it('is what its services need, the nearest first, each with the way there', () => {
    const { all } = createUpstream(shop, [{ id: 'i', services: ['checkout'] }])('i')
    expect(all.map(({ name, distance }) => [name, distance])).toEqual([
      ['payments', 1],
      ['orders-db', 1],
      ['northpay', 2],
      ['platform', 2],
    ])
    expect(all.find(({ name }) => name === 'northpay')).toMatchObject({
      path: ['checkout', 'payments', 'northpay'],
      owner: 'team:northpay',
    })
  })

  it('is wrong where it has an open incident, the probable origin first', () => {
    const { wrong } = createUpstream(shop, [
      { id: 'shop', services: ['storefront'] },
      { id: 'pay', services: ['payments'] },
      { id: 'north', services: ['northpay'] },
      { id: 'north-2', services: ['northpay'] },
      { id: 'film', services: ['video'] },
    ])('shop')
    expect(wrong).toMatchObject([
      { name: 'northpay', incidentIds: ['north', 'north-2'], isOrigin: true, distance: 3 },
      { name: 'payments', incidentIds: ['pay'], isOrigin: false, distance: 2 },
    ])
  })

  it('is shared with other incidents: the nearest of what the same ones stand on', () => {
    const { shared } = createUpstream(shop, [
      { id: 'pay', services: ['payments'] },
      { id: 'check', services: ['checkout'] },
      { id: 'find', services: ['search'] },
      { id: 'film', services: ['video'] },
    ])('pay')
    expect(shared).toEqual([
      {
        name: 'platform',
        owner: 'team:platform',
        incidentIds: ['pay', 'check', 'find'],
        isWrong: false,
      },
      { name: 'payments', owner: 'team:payments', incidentIds: ['pay', 'check'], isWrong: true },
    ])
  })

  it('ends in circles, also in one of a single service', () => {
    const circle = mapOf({ a: ['b', 'a'], b: ['c'], c: ['a'] })
    const of = createUpstream(circle, [
      { id: 'a', services: ['a'] },
      { id: 'c', services: ['c'] },
    ])
    expect(of('a').all.map(({ name }) => name)).toEqual(['b', 'c'])
    expect(of('a').wrong).toMatchObject([{ name: 'c', isOrigin: false }])
    expect(of('a').shared).toMatchObject([{ name: 'a', incidentIds: ['a', 'c'] }])
  })

  it('is nothing for an incident of no known service, and for one that is not known', () => {
    const of = createUpstream(shop, [{ id: 'i', services: ['nobody'] }])
    expect(of('i')).toEqual({ services: ['nobody'], all: [], wrong: [], shared: [] })
    expect(of('other')).toEqual({ services: [], all: [], wrong: [], shared: [] })
  })

  it('is found in 2,000 services that all need the next ones, with 500 incidents', () => {
    const count = 2_000
    const deep = mapOf(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `s${String(index)}`,
          [1, 2, 3].map((step) => `s${String((index + step) % count)}`),
        ]),
      ),
    )
    const incidents = Array.from({ length: 500 }, (_, index) => ({
      id: `i${String(index)}`,
      services: [`s${String(index * 4)}`],
    }))
    const { all, wrong, shared } = createUpstream(deep, incidents)('i0')
    expect([all.length, wrong.length]).toEqual([count - 1, 499])
    expect(shared).toMatchObject([{ name: 's0', isWrong: true }])
  })
})

describe('the services that alerts are about', () => {
  it('are those of their labels, also as the cockpit has them', () => {
    const map = createServiceMap(
      servicesFileSchema.parse({
        services: [{ name: 'checkout' }, { name: 'db', match: ['job="postgres"'] }],
      }).services,
    )
    const alerts = [
      { labels: { job: 'postgres' } },
      { labels: { service: 'checkout' } },
      { labels: { service: 'checkout', job: 'postgres' } },
      { labels: { service: 'nobody' } },
    ]
    expect(servicesOf(alerts, map)).toEqual(['db', 'checkout'])
    const there = fromServiceTexts(toServiceTexts(map))
    expect(servicesOf(alerts, there)).toEqual(['db', 'checkout'])
  })
})
