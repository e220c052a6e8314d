import { expect, it } from 'vitest'
import { withoutIncidents } from '#renderer/engine/offline/withheld-draft.ts'

const gone = new Set(['leak'])

it('takes what may not be seen any more out of what is being written', () => {
  const draft = {
    drafted: [{ incidentId: 'leak' }, { incidentId: 'other' }],
    edits: { a: { of: { incidentId: 'leak' } }, b: { of: { incidentId: 'other' } } },
    own: [{ incidentId: null, text: 'leak' }],
  }
  expect(JSON.parse(withoutIncidents(JSON.stringify(draft), gone))).toEqual({
    drafted: [{ incidentId: 'other' }],
    edits: { b: { of: { incidentId: 'other' } } },
    own: [{ incidentId: null, text: 'leak' }],
  })
})

it('leaves any other text as it is', () => {
  for (const text of ['', 'a leak', '{"incidentId":"other"}', '"leak"', 'null']) {
    expect(withoutIncidents(text, gone)).toBe(text)
  }
})
