import { describe, expect, it } from 'vitest'
import { nextSpoken } from '#renderer/screens/frame/spoken.ts'

const silent = { polite: '', assertive: '' }

describe('what is read out', () => {
  it('is all that was announced in one go, each to its own region', () => {
    const said = nextSpoken(silent, [
      { politeness: 'polite', text: 'Acknowledged: Shop is down' },
      { politeness: 'assertive', text: 'The engine is lost.' },
      { politeness: 'polite', text: 'The filter matches 3 alerts.' },
      { politeness: 'polite', text: 'Note added' },
    ])
    expect(said).toEqual({
      polite: 'Acknowledged: Shop is down. The filter matches 3 alerts. Note added',
      assertive: 'The engine is lost.',
    })
  })

  it('is another text where the same is said again, and the same where nothing is', () => {
    const once = nextSpoken(silent, [{ politeness: 'polite', text: 'Refused.' }])
    const twice = nextSpoken(once, [{ politeness: 'polite', text: 'Refused.' }])
    expect(twice.polite).not.toBe(once.polite)
    expect(twice.polite.trim()).toBe('Refused.')
    expect(nextSpoken(once, [{ politeness: 'assertive', text: 'Lost.' }]).polite).toBe(once.polite)
  })
})
