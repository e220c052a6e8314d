import { describe, expect, it } from 'vitest'
import { gatherLabels } from '#renderer/engine/watch/known-labels.ts'
import type { PaletteGroup, PaletteItem } from '#renderer/screens/palette/item.ts'
import {
  searchIncidents,
  searchItems,
  searchLabels,
  wordsOf,
} from '#renderer/screens/palette/search.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const item = (group: PaletteGroup, title: string, detail?: string): PaletteItem => ({
  id: title,
  group,
  title,
  ...(detail === undefined ? {} : { detail }),
  refusedBecause: null,
  run: () => undefined,
})
const items = [
  item('This incident', 'Acknowledge', 'Disk full'),
  item('Go to', 'Settings'),
  item('Go to', 'Settings: Sources'),
  { ...item('Sources', 'Poll all sources now'), keywords: 'poll refresh' },
  item('Appearance', 'Dark theme'),
]
const titles = (query: string) => searchItems(items, wordsOf(query)).map(({ title }) => title)

describe('the search of the palette', () => {
  it('shows everything in its order without a query', () => {
    expect(titles('  ')).toEqual(items.map(({ title }) => title))
  })

  it('finds all words in any order and case, in details and groups too', () => {
    expect(titles('THEME dark')).toEqual(['Dark theme'])
    expect(titles('refresh')).toEqual(['Poll all sources now'])
    expect(titles('nothing of it')).toEqual([])
  })

  it('finds only beginnings of words: “ack” must not find Unacknowledge', () => {
    const back = item('This incident', 'Unacknowledge')
    expect(searchItems([back], wordsOf('ack'))).toEqual([])
    expect(searchItems([back], wordsOf('unack'))).toEqual([back])
    const quoted = item('Notifications', 'End do not disturb')
    expect(searchItems([quoted], wordsOf('end do'))).toEqual([quoted])
  })

  it('takes no word of the name of an incident for a keyword of what can be done with it', () => {
    const severity = {
      ...item('This incident', 'Set the severity…', 'etcd members are down'),
      keywords: 'raise lower downgrade',
    }
    const incident = item('Incidents', 'etcd members are down')
    const found = (query: string) => searchItems([severity, incident], wordsOf(query))
    expect(found('etcd members are down')).toEqual([incident])
    expect(found('lower etcd')).toEqual([severity])
    expect(found('down')).toContain(severity)
  })

  it('takes the name of an incident alone for nothing that can be done with it', () => {
    expect(titles('disk full')).toEqual([])
    expect(titles('ack disk')).toEqual(['Acknowledge'])
  })

  it('puts what begins with the word first', () => {
    expect(titles('settings')[0]).toBe('Settings')
    expect(titles('sources')).toContain('Settings: Sources')
  })

  it('finds incidents by title and label among 10,000, up to a limit', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      incidentWith({
        id: `i${String(index)}`,
        title: `Disk of host ${String(index)} is full`,
        group: { service: index % 2 === 0 ? 'search' : 'checkout' },
      }),
    )
    const none = () => gatherLabels([])
    const search = (words: readonly string[]) =>
      searchIncidents(many, words, 30, none).map(({ incident }) => incident.id)
    expect(search(['host', '9999'])).toEqual(['i9999'])
    expect(search(['service=checkout', 'disk'])).toHaveLength(30)
    expect(search(['no-such-thing'])).toEqual([])
  })

  it('finds incidents by what their alerts are about, and says by which label', () => {
    const incidents = ['i1', 'i2'].map((id) => incidentWith({ id, title: 'Pod is crash looping.' }))
    const pods = new Map([
      ['i1', gatherLabels([{ labels: { pod: 'cart-6c9f', namespace: 'shop' } }])],
      ['i2', gatherLabels([{ labels: { pod: 'Mailer-1', __rule_uid__: 'cart' } }])],
    ])
    const search = (query: string) =>
      searchIncidents(incidents, wordsOf(query), 30, (id) => pods.get(id)!)
    expect(search('cart').map(({ incident, label }) => [incident.id, label?.value])).toEqual([
      ['i1', 'cart-6c9f'],
    ])
    expect(search('looping namespace="shop"').map(({ incident }) => incident.id)).toEqual(['i1'])
    expect(search('pod=mailer')[0]?.label).toMatchObject({ name: 'pod', value: 'Mailer-1' })
    expect(search('looping').map(({ label }) => label)).toEqual([null, null])
  })

  it('finds labels, those that are just what was typed first, then the common ones', () => {
    const of = (...services: readonly string[]) =>
      gatherLabels(services.map((service) => ({ labels: { service, team: 'shop-team' } })))
    const all = [of('shop', 'shop-api'), of('shop-api'), of('shop-api', 'web')]
    expect(searchLabels(all, ['shop'], 3)).toMatchObject([
      { name: 'service', value: 'shop', incidents: 1 },
      { name: 'service', value: 'shop-api', incidents: 3 },
      { name: 'team', value: 'shop-team', incidents: 3 },
    ])
    expect(searchLabels(all, ['team', 'api'], 3)).toEqual([])
    expect(searchLabels(all, ['service="web"'], 3)).toMatchObject([{ value: 'web' }])
  })
})
