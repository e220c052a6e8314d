import { expect, it } from 'vitest'
import { wordsOf } from '#shared/domain/watch/event.ts'

it.each(['The provider is slow', 'The provider is slow.'])(
  'an update ends with one full stop before the next one is named: %j',
  (text) => {
    const words = wordsOf({ type: 'update.written', incidentId: 'i', text, nextAt: 60_000 })
    expect(words).toMatchObject({
      text: 'Update: The provider is slow. Next update at',
      deed: 'wrote an update: The provider is slow. Next update at',
    })
  },
)
