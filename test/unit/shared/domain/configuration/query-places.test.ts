import { describe, expect, it } from 'vitest'
import { findPlace } from '#shared/domain/configuration/find-place.ts'
import { placeWhere, queryPlacesSchema } from '#shared/domain/configuration/query-places.ts'

const orders = {
  type: 'postgresql',
  name: 'orders',
  host: 'db',
  database: 'orders',
  user: 'on_call',
}
const loki = { type: 'loki', name: 'logs', url: 'https://loki.example/prefix/' }
const search = { type: 'elasticsearch', name: 'search', url: 'http://es:9200', index: 'logs-*' }

const problems = (...places: readonly object[]) => {
  const read = queryPlacesSchema.safeParse(places)
  return read.success
    ? []
    : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('places of the configuration', () => {
  it('are read with what is usual', () => {
    const password = 'env:ORDERS_PASSWORD'
    expect(
      queryPlacesSchema.parse([
        { ...orders, password },
        { ...loki, auth: { bearer: 'keychain:loki' }, headers: { 'X-Scope-OrgID': 'shop' } },
        search,
      ]),
    ).toEqual([
      { ...orders, port: 5432, password, encryption: 'verify' },
      {
        ...loki,
        url: 'https://loki.example/prefix',
        auth: { bearer: 'keychain:loki' },
        headers: { 'X-Scope-OrgID': 'shop' },
      },
      search,
    ])
  })

  it.each([
    [{ ...orders, password: 'hunter2' }, 'secrets are not written here'],
    [{ ...orders, host: 'postgres://db/x' }, 'name a host'],
    [{ ...orders, host: '/var/run/postgresql' }, 'name a host'],
    [{ ...orders, user: '' }, '0.user'],
    [{ ...orders, encryption: 'off', tls: { ca: 'ca.pem' } }, 'tls says nothing'],
    [{ ...orders, tls: { cert: 'a.pem' } }, 'belong together'],
    [{ ...orders, sslmode: 'require' }, 'sslmode'],
    [{ ...orders, name: 'a b' }, 'use letters'],
    [{ ...loki, url: 'https://user:secret@loki.example' }, 'do not belong in the address'],
    [{ ...loki, auth: { bearer: 'abc' } }, 'auth'],
    [{ ...loki, auth: { bearer: 'env:A' }, headers: { Authorization: 'env:B' } }, 'beside auth'],
    [{ ...search, index: '_all' }, 'name indices'],
    [{ ...search, database: 'x' }, 'database'],
    [{ type: 'mysql', name: 'x' }, '0.type'],
  ])('are refused: %j', (place, reason) => {
    expect(problems(place).join(' ')).toContain(reason)
  })

  it('have a name each', () => {
    expect(problems(orders, { ...loki, name: 'orders' })).toEqual([
      '1.name: place 1 has the name "orders" already',
    ])
  })

  it('are shown by where they are, without anything secret', () => {
    const where = (place: object) => queryPlacesSchema.parse([place]).map(placeWhere)[0]
    expect(where(orders)).toBe('db/orders')
    expect(where({ ...orders, host: '::1', port: 6432 })).toBe('[::1]:6432/orders')
    expect(where(loki)).toBe('loki.example')
    expect(where(search)).toBe('es:9200')
  })
})

describe('the place of a query', () => {
  const places = queryPlacesSchema.parse([orders, loki, { ...loki, name: 'logs-us' }])
  const found = (...of: readonly ['sql' | 'logql' | 'elasticsearch', string | null]) => {
    const place = findPlace(places, ...of)
    return place.ok ? place.value.name : place.error
  }

  it('is the one that it names, else the only one of its kind', () => {
    expect(found('sql', null)).toBe('orders')
    expect(found('logql', 'logs-us')).toBe('logs-us')
  })

  it('is none where that is not clear, and says why', () => {
    expect(found('logql', null)).toBe(
      'There are several places of Loki: say which one, as in {"at":"logs"}.',
    )
    expect(found('elasticsearch', null)).toContain('has no Elasticsearch under queries')
    expect(found('logql', 'nowhere')).toBe(
      'The configuration has no place "nowhere" under queries. It has logs, logs-us.',
    )
    expect(found('elasticsearch', 'nowhere')).toBe(
      'The configuration has no place "nowhere" under queries.',
    )
    expect(found('sql', 'logs')).toBe('logs is Loki, and the query is for PostgreSQL.')
  })
})
