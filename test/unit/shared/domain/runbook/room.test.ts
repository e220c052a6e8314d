import { describe, expect, it } from 'vitest'
import { makingRoom } from '#shared/domain/runbook/room.ts'

const page = (id: string, fetchedAt: number, size = 10) => ({ id, fetchedAt, size })
const pages = [page('a', 3), page('b', 1), page('c', 2), page('d', 4)]
const isLinked = (id: string) => id === 'b'

describe('room for pages', () => {
  it('is there: nothing goes', () => {
    expect(makingRoom(pages, isLinked, { pages: 4, bytes: 40 })).toEqual([])
  })

  it('is made by what nothing leads to, the oldest first, and by the rest only then', () => {
    expect(makingRoom(pages, isLinked, { pages: 3, bytes: 100 })).toEqual(['c'])
    expect(makingRoom(pages, isLinked, { pages: 9, bytes: 25 })).toEqual(['c', 'a'])
    expect(makingRoom(pages, isLinked, { pages: 0, bytes: 100 })).toEqual(['c', 'a', 'd', 'b'])
  })
})
