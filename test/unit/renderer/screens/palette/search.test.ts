import { describe, expect, it } from 'vitest'
import type { PaletteGroup, PaletteItem } from '#renderer/screens/palette/item.ts'
import { searchIncidents, searchItems, wordsOf } from '#renderer/screens/palette/search.ts'
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
    expect(searchIncidents(many, ['host', '9999'], 30).map(({ id }) => id)).toEqual(['i9999'])
    expect(searchIncidents(many, ['service=checkout', 'disk'], 30)).toHaveLength(30)
    expect(searchIncidents(many, ['no-such-thing'], 30)).toEqual([])
  })
})
