import { MASK, type Span } from './mask.ts'

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/
/** Longest block that is believed, in lines: one that never ends must not hide all that follows. */
const MAX_LINES = 400

const markers = new RegExp(`${BEGIN.source}|${END.source}`, 'g')

/** Where a private key begins or ends. */
export function findKeyMarkers(text: string): readonly Span[] {
  return Array.from(text.matchAll(markers), ({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }))
}

/** Masks private keys, which are many lines long, in a text that comes in whole lines. */
export interface PrivateKeyBlocks {
  mask(lines: string): string
}

/** For one stream: a block may begin in one piece of the output and end in another one. */
export function createPrivateKeyBlocks(): PrivateKeyBlocks {
  let linesInside: number | null = null

  function maskLine(line: string): string {
    if (linesInside === null) {
      const begin = BEGIN.exec(line)
      if (!begin) return line
      linesInside = 0
      const before = line.slice(0, begin.index)
      const rest = line.slice(begin.index + begin[0].length)
      // A key in JSON is one line, and another one may follow.
      return before + MASK + (END.test(rest) ? maskLine(rest) : endOf(line))
    }
    const end = END.exec(line)
    if (end) {
      linesInside = null
      const rest = maskLine(line.slice(end.index + end[0].length))
      return rest.trim() === '' ? '' : rest
    }
    linesInside += 1
    if (linesInside <= MAX_LINES && looksLikeKey(line)) return ''
    linesInside = null
    return maskLine(line)
  }

  return {
    mask(lines) {
      if (linesInside === null && !BEGIN.test(lines)) return lines
      return lines
        .split(/(?<=\n)/)
        .map(maskLine)
        .join('')
    },
  }
}

const endOf = (line: string) => (line.endsWith('\n') ? '\n' : '')

/** A line of Base64, maybe behind the time of a log, a header of a key, or nothing. */
function looksLikeKey(line: string): boolean {
  const text = line.trim()
  return (
    text === '' ||
    /[A-Za-z0-9+/=\\]{16}/.test(text) ||
    /^[A-Za-z0-9+/=]{1,76}$/.test(text) ||
    /^[A-Z][A-Za-z-]{2,20}: /.test(text)
  )
}
