import { describe, expect, it } from 'vitest'
import {
  currentId,
  findPerson,
  idFromName,
  ownerOf,
  personName,
  type Reader,
} from '#shared/domain/person/identity.ts'
import { isReader, personActor } from '#shared/domain/actor/person.ts'
import { personIdSchema } from '#shared/domain/person/schema.ts'

const people = [
  { id: 'ada', name: 'Ada Lovelace' },
  { id: 'bo', name: 'Bo' },
]

describe('the owner', () => {
  it.each([
    ['nobody is named', {}, { id: 'me', name: 'account' }],
    ['only a name is given', { me: 'Ada' }, { id: 'me', name: 'Ada' }],
    ['named by id', { me: 'ada', people }, people[0]],
    ['named by name, whatever its case', { me: 'ada lovelace', people }, people[0]],
    ['people are there and none is named', { people }, { id: 'me', name: 'account' }],
    [
      'the list names the owner',
      { people: [{ id: 'me', name: 'Ada' }] },
      { id: 'me', name: 'Ada' },
    ],
  ])('%s', (_case, named, owner) => {
    expect(ownerOf({ people: [], ...named }, 'account')).toEqual(owner)
  })
})

describe('a person', () => {
  it('is found by id before any name', () => {
    const tricky = [{ id: 'x', name: 'bo' }, ...people]
    expect(findPerson('bo', tricky)?.id).toBe('bo')
    expect(findPerson('BO', tricky)?.id).toBe('x')
    expect(findPerson('nobody', tricky)).toBeNull()
  })

  it.each([
    ['Bo Andersen', 'bo-andersen'],
    ['  Zoë  ', 'zoe'],
    ['On-Call_2', 'on-call_2'],
    ['../../etc', 'etc'],
    ['山田', null],
    ['', null],
    ['a'.repeat(100), 'a'.repeat(64)],
  ])('named %j gets the id %j', (name, id) => {
    expect(idFromName(name)).toBe(id)
    if (id !== null) expect(personIdSchema.safeParse(id).success).toBe(true)
  })
})

describe('who reads', () => {
  const reader: Reader = { id: 'ada', owner: 'ada', people }
  const actor = (id: string, name: string) => personActor({ id, name }, 'cockpit')

  it('knows what was done under their id, whatever they were called', () => {
    expect(isReader(actor('ada', 'A.'), reader)).toBe(true)
    expect(isReader(actor('bo', 'Ada Lovelace'), reader)).toBe(false)
    expect(isReader({ kind: 'source', id: 'ada' }, reader)).toBe(false)
    expect(isReader(actor('ada', 'Ada'), undefined)).toBe(false)
  })

  it('who owns the machine did what was done there before people were named', () => {
    expect(currentId('me', reader)).toBe('ada')
    expect(isReader(actor('me', 'Ada'), reader)).toBe(true)
    expect(isReader(actor('me', 'Ada'), { ...reader, id: 'bo' })).toBe(false)
    expect(personName({ id: 'me', name: 'Ada' }, reader)).toBe('Ada Lovelace')
  })

  it('reads the names of today, and those of then where nobody is listed', () => {
    expect(personName({ id: 'bo', name: 'Bob' }, reader)).toBe('Bo')
    expect(personName({ id: 'cy', name: 'Cy' }, reader)).toBe('Cy')
  })
})
