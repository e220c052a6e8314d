import { describe, expect, it } from 'vitest'
import { createMarkReader, type ShellPiece } from '#electron/host/terminal/shell/shell-marks.ts'

const ESC = '\u001b'
const mark = (text: string, word = 'word') => `${ESC}]7373;${word};${text}\u0007`

/** What is read of a text that comes in pieces of this size; neighbouring output made one. */
function read(text: string, size = text.length) {
  const marks = createMarkReader('word')
  const bytes = Buffer.from(text)
  const pieces: (Exclude<ShellPiece, { kind: 'output' }> | string)[] = []
  for (let from = 0; from < bytes.length; from += size) {
    for (const piece of marks.push(bytes.subarray(from, from + size))) {
      const last = pieces.at(-1)
      if (piece.kind !== 'output') pieces.push(piece)
      else if (typeof last === 'string') {
        pieces[pieces.length - 1] = last + piece.bytes.toString('latin1')
      } else pieces.push(piece.bytes.toString('latin1'))
    }
  }
  return pieces
}

const session = `$ ${mark('B;/srv;ls \\\\ a\\sb\\nc\\x')}out${ESC}[1m\n${mark('E;130')}$ `

describe('the marks of a shell', () => {
  it.each([1, 2, 7, 1_000])('part commands from output in pieces of %i bytes', (size) => {
    expect(read(session, size)).toEqual([
      '$ ',
      { kind: 'begun', folder: '/srv', line: 'ls \\ a;b\ncx' },
      `out${ESC}[1m\n`,
      { kind: 'ended', code: 130 },
      '$ ',
    ])
  })

  it('are not those of another shell, nor of what is no mark', () => {
    const other = mark('E;0', 'other')
    expect(read(other)).toEqual([other])
    expect(read(`a${mark('E;nonsense')}b${mark('X;1')}c`)).toEqual(['abc'])
  })

  it('do not hold output back for ever that only begins like one', () => {
    const long = `${ESC}]7373;word;B;${'x'.repeat(300_000)}`
    expect(read(long)).toEqual([long])
    expect(read(`end${ESC}`)).toEqual(['end'])
  })
})
