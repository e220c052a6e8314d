import { describe, expect, it } from 'vitest'
import { textOfAll } from '#renderer/screens/now/descriptions.ts'
import { heldBack } from '#renderer/screens/now/held-back.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

const saying = (key: string, annotations: Record<string, string>) => alertWith({ key, annotations })

describe('textOfAll', () => {
  it('takes the first name that has a text', () => {
    const alert = saying('a', { description: '', message: 'Disk is full' })
    expect(textOfAll([alert], ['description', 'message'])).toEqual({
      text: 'Disk is full',
      isExample: false,
    })
    expect(textOfAll([alert], ['impact'])).toBeNull()
    expect(textOfAll([], ['description'])).toBeNull()
  })

  it('is an example as soon as another alert says something else, or nothing', () => {
    const [a, b] = [saying('a', { description: 'p-1' }), saying('b', { description: 'p-2' })]
    expect(textOfAll([a, a], ['description'])?.isExample).toBe(false)
    expect(textOfAll([a, b], ['description'])?.isExample).toBe(true)
    expect(textOfAll([a, saying('c', {})], ['description'])?.isExample).toBe(true)
  })
})

describe('heldBack', () => {
  const silence = {
    kind: 'silence',
    id: 's1',
    createdBy: 'bo',
    comment: 'known',
    endsAt: 9_000,
  } as const
  const inhibition = { kind: 'inhibition', id: 'i1', by: null } as const

  it('gives the reason of the first and its end apart', () => {
    const alert = alertWith({ key: 'a', suppression: [silence] })
    expect(heldBack([alert])).toEqual({
      reason: 'silenced by bo: “known”',
      until: 9_000,
      isOneOfSeveral: false,
    })
  })

  it('tells that there are other reasons', () => {
    const alerts = [
      alertWith({ key: 'a', suppression: [inhibition] }),
      alertWith({ key: 'b', suppression: [silence] }),
    ]
    expect(heldBack(alerts)).toMatchObject({ until: null, isOneOfSeveral: true })
  })

  it('is null where nothing active is held back', () => {
    const over = alertWith({ key: 'a', suppression: [silence], status: 'resolved' })
    expect(heldBack([over, alertWith({ key: 'b' })])).toBeNull()
  })
})
