import { describe, expect, it } from 'vitest'
import {
  createPreferences,
  firstFilters,
  MAX_SAVED,
  renameFilter,
  saveFilter,
} from '#renderer/state/alert-preferences.ts'
import { addressOfFilter, filterInAddress } from '#renderer/state/filter-address.ts'
import { MemoryStorage } from './memory-storage.ts'

describe('the preferences', () => {
  it('are found again after a reload', () => {
    const storage = new MemoryStorage()
    const first = createPreferences(storage)
    expect(first.getState().saved).toEqual(firstFilters)
    first.setState({ hidden: ['why'], sort: { column: 'name', isReversed: true }, saved: [] })
    expect(createPreferences(storage).getState()).toEqual({
      hidden: ['why'],
      sort: { column: 'name', isReversed: true },
      saved: [],
    })
  })

  it.each(['not json', 'null', '{"hidden":["nothing"]}', '{"saved":[{"name":"","text":""}]}'])(
    'begin anew where %s is stored',
    (text) => {
      const storage = new MemoryStorage()
      storage.values.set('deckwatch.alerts', text)
      expect(createPreferences(storage).getState()).toMatchObject({
        hidden: [],
        saved: firstFilters,
      })
    },
  )

  it('hold until the reload where the browser keeps nothing', () => {
    const storage = new MemoryStorage()
    storage.isForbidden = true
    const preferences = createPreferences(storage)
    preferences.setState({ hidden: ['why'] })
    expect(preferences.getState().hidden).toEqual(['why'])
  })
})

describe('saved filters', () => {
  const saved = [{ name: 'one', text: 'a' }]

  it('are added, or replaced under the same name', () => {
    expect(saveFilter(saved, { name: ' two ', text: 'b' })).toEqual([
      ...saved,
      { name: 'two', text: 'b' },
    ])
    expect(saveFilter(saved, { name: 'one', text: 'b' })).toEqual([{ name: 'one', text: 'b' }])
    expect(saveFilter(saved, { name: '  ', text: 'b' })).toBe(saved)
    const full = Array.from({ length: MAX_SAVED }, (_, index) => ({
      name: String(index),
      text: '',
    }))
    expect(saveFilter(full, { name: 'more', text: '' })).toHaveLength(MAX_SAVED)
  })

  it('get another name unless somebody has it', () => {
    expect(renameFilter(saved, 'one', 'uno')).toEqual([{ name: 'uno', text: 'a' }])
    const two = [...saved, { name: 'two', text: 'b' }]
    expect(renameFilter(two, 'one', 'two')).toBe(two)
    expect(renameFilter(two, 'one', ' ')).toBe(two)
  })
})

describe('the address of a filter', () => {
  it.each(['', 'a b', 'alertname=~"x|y" @state=suppressed &#?%', 'ümläut\n'])(
    'leads back to %j',
    (text) => {
      expect(filterInAddress(addressOfFilter(text))).toBe(text)
    },
  )

  it.each(['', '#/incident/1', '#/alertsx', '#/alert?filter=x'])('%j is another one', (hash) => {
    expect(filterInAddress(hash)).toBeNull()
  })

  it('survives an address that was cut', () => {
    expect(filterInAddress('#/alerts?filter=%E0%A4')).toBeTypeOf('string')
  })
})
