import { describe, expect, it } from 'vitest'
import { actorSchema, saidAt } from '#shared/domain/actor/schema.ts'

describe('an actor', () => {
  it.each([
    { kind: 'person', id: 'ada', name: 'ada' },
    { kind: 'person', id: 'ada', name: 'ada', saidAt: 7 },
    { kind: 'source', id: 'am' },
    { kind: 'deckwatch' },
  ] as const)('is read as it was written: %o', (actor) => {
    expect(actorSchema.parse(actor)).toEqual(actor)
  })

  it('did things when they were said, or else when they were recorded', () => {
    expect(saidAt({ kind: 'person', id: 'ada', name: 'ada', saidAt: 7 }, 9)).toBe(7)
    expect(saidAt({ kind: 'person', id: 'ada', name: 'ada' }, 9)).toBe(9)
    expect(saidAt({ kind: 'deckwatch' }, 9)).toBe(9)
  })

  it('is not understood with a time that is none', () => {
    expect(
      actorSchema.safeParse({ kind: 'person', id: 'ada', name: 'ada', saidAt: 'then' }).success,
    ).toBe(false)
  })
})
