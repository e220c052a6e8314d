import { describe, expect, it } from 'vitest'
import { createShownBook } from '#electron/vendors/desktop-notifications/shown.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'

function marksWith(text: string | null): Marks {
  let value = text
  return {
    read: () => value,
    write(_key, next) {
      value = next
    },
  }
}

describe('what is shown', () => {
  it('is found again after a restart, in the same life of the server only', () => {
    const marks = marksWith(null)
    createShownBook(marks).remember('a', 3, 'bus :1.5')
    const later = createShownBook(marks)
    expect(later.find('a', 'bus :1.5')).toBe(3)
    expect(later.find('a', 'bus :1.6')).toBeNull()
    expect(later.find('b', 'bus :1.5')).toBeNull()
  })

  it('forgets all that an earlier life of the server showed', () => {
    const book = createShownBook(marksWith(null))
    book.remember('a', 3, 'bus :1.5')
    book.remember('b', 4, 'bus :1.6')
    expect(book.find('a', 'bus :1.6')).toBeNull()
    expect(book.find('a', 'bus :1.5')).toBeNull()
    expect(book.find('b', 'bus :1.6')).toBe(4)
  })

  it('forgets what was closed, after a restart too', () => {
    const marks = marksWith(null)
    const book = createShownBook(marks)
    book.remember('a', 3, 'x')
    book.forget('a')
    expect(createShownBook(marks).find('a', 'x')).toBeNull()
  })

  it('keeps the newest 200', () => {
    const marks = marksWith(null)
    const book = createShownBook(marks)
    for (let id = 1; id <= 250; id += 1) book.remember(`t${String(id)}`, id, 'x')
    expect(book.find('t50', 'x')).toBeNull()
    expect(createShownBook(marks).find('t51', 'x')).toBe(51)
    expect(createShownBook(marks).find('t250', 'x')).toBe(250)
  })

  it.each(['', '{', 'null', '[]', '{"identity":1,"ids":[]}', '{"identity":"x","ids":[["a","1"]]}'])(
    'takes a mark that cannot be read (%s) as nothing',
    (text) => {
      expect(createShownBook(marksWith(text)).find('a', 'x')).toBeNull()
    },
  )
})
