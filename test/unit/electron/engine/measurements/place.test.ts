import { expect, it } from 'vitest'
import { placeFor } from '#electron/engine/measurements/place.ts'
import type { QueriesPort } from '#electron/engine/ports/queries.ts'
import type { Observation } from '#shared/domain/alert/schema.ts'
import { DEFAULT_REALM } from '#shared/domain/realm/realm.ts'
import { sourceWith } from '#test/fixtures/watch-entities.ts'

const notAsked = () => {
  throw new Error('not asked here')
}
const queries: QueriesPort = { instant: notAsked, range: notAsked }
const prometheus = (id: string) => ({ id, name: `Prometheus ${id}`, queries })
const alertmanager = { id: 'am', name: 'Alertmanager am' }
const observation: Observation = {
  presence: 'present',
  startsAt: 0,
  generatorUrl: null,
  receivers: [],
  suppression: null,
}
const inRealm = (id: string, realm: string) =>
  [id, sourceWith({ id, realm: { id: realm, isConfigured: true, server: null } })] as const

const alertOf = (realm: string, ...reporters: readonly string[]) => ({
  realm,
  observations: Object.fromEntries(reporters.map((id) => [id, observation])),
})

it('asks the source that the plan names, wherever the alert is', () => {
  const alert = alertOf('eu', 'eu')
  const found = placeFor('us', alert, [prometheus('eu'), prometheus('us')], new Map())
  expect(found).toMatchObject({ ok: true, value: { id: 'us' } })
})

it.each([
  ['am', 'the source am answers no PromQL'],
  ['gone', 'there is no source gone'],
])('says why the source %s, which the plan names, cannot be asked', (wanted, error) => {
  expect(placeFor(wanted, undefined, [alertmanager, prometheus('eu')], new Map())).toEqual({
    ok: false,
    error,
  })
})

it('asks a source that reports the alert before another of its realm', () => {
  const known = new Map([inRealm('eu-a', 'eu'), inRealm('eu-b', 'eu')])
  const sources = [alertmanager, prometheus('eu-a'), prometheus('eu-b')]
  expect(placeFor(null, alertOf('eu', 'eu-b'), sources, known)).toMatchObject({
    value: { id: 'eu-b' },
  })
  expect(placeFor(null, alertOf('eu', 'am'), sources, known)).toMatchObject({
    value: { id: 'eu-a' },
  })
})

it('asks one of the default realm where there is no alert', () => {
  const known = new Map([inRealm('eu', 'eu'), inRealm('lab', DEFAULT_REALM)])
  const sources = [prometheus('eu'), prometheus('lab')]
  expect(placeFor(null, undefined, sources, known)).toMatchObject({ value: { id: 'lab' } })
})

it('asks the only one there is, whatever its realm', () => {
  const known = new Map([inRealm('us', 'us')])
  expect(placeFor(null, alertOf('eu', 'am'), [prometheus('us')], known)).toMatchObject({
    value: { id: 'us' },
  })
})

it('names what is missing where it cannot tell which to ask', () => {
  const known = new Map([inRealm('us-a', 'us'), inRealm('us-b', 'us')])
  const alert = alertOf('eu', 'am')
  expect(placeFor(null, alert, [alertmanager], known)).toEqual({
    ok: false,
    error: 'no Prometheus source',
  })
  expect(placeFor(null, alert, [prometheus('us-a'), prometheus('us-b')], known)).toEqual({
    ok: false,
    error:
      'several Prometheus sources, none in the realm of the alert: name one in the plan as source',
  })
})
