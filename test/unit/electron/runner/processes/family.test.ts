import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { familyOf, findMembers, type Recognise } from '#electron/runner/processes/family.ts'
import type { ListedProcess } from '#electron/runner/processes/process-table.ts'

const nobody: Recognise = { hasMark: () => false, holdsOutput: () => false }
/** A process of somebody else, older than the run, unless it is said otherwise. */
const listed = (pid: number, more: Partial<ListedProcess> = {}): ListedProcess => ({
  pid,
  parent: 1,
  group: pid,
  session: pid,
  startedAt: 100,
  isDead: false,
  ...more,
})
const leader = listed(10, { parent: 5 })
const numbers = (members: readonly ListedProcess[]) =>
  members.map(({ pid }) => pid).sort((a, b) => a - b)

describe('the members of a family', () => {
  it.each([
    ['its leader', leader],
    ['a child', listed(11, { parent: 10 })],
    ['one of its group', listed(11, { group: 10 })],
    ['one of its session', listed(11, { session: 10 })],
  ])('are found: %s', (_, one) => {
    expect(numbers(findMembers(familyOf(10), [leader, one], nobody).members)).toContain(one.pid)
  })

  it('are found through each other, in whatever order they are listed', () => {
    const chain = Array.from({ length: 20 }, (_, index) =>
      listed(11 + index, { parent: 10 + index, startedAt: 101 + index }),
    )
    fc.assert(
      fc.property(fc.shuffledSubarray([leader, ...chain], { minLength: 21 }), (all) => {
        expect(findMembers(familyOf(10), all, nobody).members).toHaveLength(21)
      }),
    )
  })

  it('stay members when their parents are gone', () => {
    const child = listed(11, { parent: 10 })
    const { family } = findMembers(familyOf(10), [leader, child], nobody)
    const orphan = listed(11, { parent: 1 })
    const grandchild = listed(12, { parent: 1, session: 11 })
    expect(numbers(findMembers(family, [orphan, grandchild], nobody).members)).toEqual([11, 12])
  })

  it('are recognised by their mark, with all of their session', () => {
    const marked = listed(20, { session: 19, group: 19 })
    const beside = listed(21, { session: 19, group: 19 })
    const { members } = findMembers(familyOf(10), [leader, marked, beside], {
      ...nobody,
      hasMark: (pid) => pid === 20,
    })
    expect(numbers(members)).toEqual([10, 20, 21])
  })

  it('are recognised by the output that they hold, but not with their session: it may be handed over', () => {
    const holder = listed(20, { session: 19, group: 19 })
    const child = listed(22, { parent: 20 })
    const beside = listed(21, { session: 19, group: 19 })
    const { members } = findMembers(familyOf(10), [leader, holder, beside, child], {
      ...nobody,
      holdsOutput: (pid) => pid === 20,
    })
    expect(numbers(members)).toEqual([10, 20, 22])
  })

  it('are not those who started before, nor who was given the number of one', () => {
    const { family } = findMembers(familyOf(10), [leader, listed(11, { parent: 10 })], nobody)
    const others = [
      listed(12, { startedAt: 99, parent: 10 }),
      listed(13, { startedAt: 99, session: 10 }),
      listed(11, { startedAt: 105 }),
    ]
    expect(numbers(findMembers(family, [leader, ...others], nobody).members)).toEqual([10])
  })

  it('are not the dead, though who they are is remembered', () => {
    const dead = { ...leader, isDead: true }
    const { members, family } = findMembers(
      familyOf(10),
      [dead, listed(11, { parent: 10 })],
      nobody,
    )
    expect(numbers(members)).toEqual([11])
    expect(family.seen.has(10)).toBe(true)
  })

  it('are found where the leader was never seen', () => {
    const child = listed(11, { group: 10, session: null })
    expect(numbers(findMembers(familyOf(10), [child], nobody).members)).toEqual([11])
  })
})
