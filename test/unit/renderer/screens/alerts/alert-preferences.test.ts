import { describe, expect, it } from 'vitest'
import {
  createPreferences,
  firstFilters,
  MAX_SAVED,
  renameFilter,
  saveFilter,
  type AlertPreferences,
} from '#renderer/screens/alerts/alert-preferences.ts'
import { addressOfFilter, filterInAddress } from '#renderer/screens/alerts/filter/filter-address.ts'
import { MemoryStorage } from '../../memory-storage.ts'

describe('the preferences', () => {
  it('are found again after a reload', () => {
    const storage = new MemoryStorage()
    const first = createPreferences(storage)
    expect(first.getState().saved).toEqual(firstFilters)
    first.change(() => ({
      hidden: ['why'],
      sort: { column: 'name', isReversed: true },
      saved: [],
    }))
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

  it('lose what another build wrote, and nothing beside it', () => {
    const storage = new MemoryStorage()
    const saved = [{ name: 'mine', text: 'a' }]
    const stored = {
      hidden: ['why', 'of a newer build'],
      sort: { column: 'of a newer build', isReversed: true },
      saved: [...saved, { name: 'no text' }],
    }
    storage.values.set('deckwatch.alerts', JSON.stringify(stored))
    expect(createPreferences(storage).getState()).toEqual({
      hidden: ['why'],
      sort: { column: 'severity', isReversed: false },
      saved,
    })
  })

  it('are those of all tabs: none writes over what another one has written', () => {
    const storage = new MemoryStorage()
    const listeners: (() => void)[] = []
    const openTab = () => createPreferences(storage, (changed) => listeners.push(changed))
    const one = openTab()
    const two = openTab()
    const add = (name: string) => (now: AlertPreferences) => ({
      saved: saveFilter(now.saved, { name, text: name }),
    })
    one.change(add('of one'))
    // Before word of it has come.
    two.change(add('of two'))
    two.change(() => ({ hidden: ['why'] }))
    const names = [...firstFilters.map(({ name }) => name), 'of one', 'of two']
    expect(two.getState().saved.map(({ name }) => name)).toEqual(names)
    for (const changed of listeners) changed()
    expect(one.getState()).toEqual(two.getState())
    expect(openTab().getState()).toEqual(two.getState())
  })

  it('that could not be written are not lost to what was written before', () => {
    const storage = new MemoryStorage()
    const preferences = createPreferences(storage)
    preferences.change(() => ({ hidden: ['why'] }))
    storage.setItem = () => {
      throw new Error('full')
    }
    preferences.change(() => ({ hidden: ['source'] }))
    preferences.change(() => ({ saved: [] }))
    expect(preferences.getState()).toMatchObject({ hidden: ['source'], saved: [] })
  })

  it('hold until the reload where the browser keeps nothing', () => {
    const storage = new MemoryStorage()
    storage.isForbidden = true
    const preferences = createPreferences(storage)
    preferences.change(() => ({ hidden: ['why'] }))
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
