import { describe, expect, it } from 'vitest'
import { chooseIncident } from '#shared/domain/watch/incident-choice.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { nothingMuted, type Muting } from '#shared/domain/muting/schema.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { ada, bo, readBy } from '#test/fixtures/persons.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const by = (person: typeof ada) => personActor(person, 'cockpit')
const acknowledged = (id: string, person: typeof ada, over: Partial<Incident> = {}) =>
  incidentWith({
    id,
    status: 'acknowledged',
    acknowledged: { at: 2_000, by: by(person), severity: 'P2' },
    ...over,
  })
const focusOn = (incidentId: string, person: typeof ada): Muting => ({
  ...nothingMuted,
  focus: { at: 3_000, incidentId, by: by(person) },
})
const choose = (wanted: string | null, incidents: readonly Incident[], muting = nothingMuted) =>
  chooseIncident(wanted, { incidents, muting, reader: readBy(ada) })
const chosen = (...of: Parameters<typeof choose>) => {
  const choice = choose(...of)
  if (choice.kind === 'one') return choice.option.incidentId
  return choice.kind === 'several'
    ? choice.options.map(({ incidentId }) => incidentId)
    : choice.kind
}

describe('the incident that a command of a terminal is for', () => {
  it('is the one in focus, else the one that I acknowledged, else the only open one', () => {
    const mine = acknowledged('mine', ada)
    const theirs = acknowledged('theirs', bo)
    const other = incidentWith({ id: 'other' })
    expect(chosen(null, [mine, theirs, other], focusOn('other', ada))).toBe('other')
    expect(chosen(null, [mine, theirs, other], focusOn('other', bo))).toBe('mine')
    expect(chosen(null, [mine, theirs, other])).toBe('mine')
    expect(chosen(null, [theirs])).toBe('theirs')
    expect(chosen(null, [other, incidentWith({ id: 'over', status: 'resolved' })])).toBe('other')
  })

  it('is asked for where there are several: mine first, then by severity', () => {
    const open = [
      incidentWith({ id: 'low', severity: 'P3' }),
      incidentWith({ id: 'high', severity: 'P0' }),
      incidentWith({ id: 'high too', severity: 'P0' }),
      acknowledged('mine', ada),
      acknowledged('mine too', ada, { severity: 'P3' }),
    ]
    expect(chosen(null, open)).toEqual(['mine', 'mine too', 'high', 'high too', 'low'])
    expect(choose(null, open)).toMatchObject({
      options: [{ is: 'acknowledged' }, {}, { is: null }, {}, {}],
    })
  })

  it('is none where none is open', () => {
    expect(choose(null, [incidentWith({ id: 'over', status: 'closed' })])).toMatchObject({
      kind: 'none',
      message: 'No incident is open.',
    })
  })

  it('is the one that is named: by its id, the beginning of it, or its link, also once resolved', () => {
    const known = [
      incidentWith({ id: 'abcdef', status: 'resolved' }),
      incidentWith({ id: 'abcdxy' }),
      incidentWith({ id: 'abcd' }),
    ]
    expect(chosen('abcdef', known)).toBe('abcdef')
    expect(chosen('abcde', known)).toBe('abcdef')
    expect(chosen('abcd', known)).toBe('abcd')
    expect(chosen('deckwatch://incident/abcdxy', known)).toBe('abcdxy')
    expect(chosen('abcd', known.slice(0, 2))).toEqual(['abcdef', 'abcdxy'])
    expect(choose('abc', known.slice(0, 1))).toMatchObject({
      message: 'There is no incident "abc".',
    })
    const closed = incidentWith({ id: 'closed', title: 'Disk full', status: 'closed' })
    expect(choose('closed', [closed])).toMatchObject({
      message: 'The incident "Disk full" is closed.',
    })
  })
})
