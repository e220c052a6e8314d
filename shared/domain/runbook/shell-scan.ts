/** What a character of a shell's text is to the shell, as far as filling in goes. */
export type ShellPlace =
  /** Words and operators. */
  | 'open'
  /** Between double quotes: variables are replaced, and nothing else. */
  | 'quoted'
  /** Between single quotes, or in a here-document whose end is quoted: everything is literal. */
  | 'literal'
  | 'comment'
  /** Behind a backslash. */
  | 'escaped'

/** Deepest nesting of quotes and substitutions that is followed. */
const MAX_NESTING = 64

/**
 * Says of each character of a shell's text what it is. It follows quotes, `$( )`, backquotes,
 * comments and here-documents; it judges nothing else and is no basis to run anything on.
 */
export function scanShell(text: string): (index: number) => ShellPlace {
  const places = new Uint8Array(text.length)
  const stack: ('top' | 'double' | 'substitution')[] = ['top']
  let waiting: HereDocument[] = []
  let index = 0
  const mark = (until: number, code: number) => {
    places.fill(code, index, until)
    index = until
  }
  while (index < text.length) {
    const char = text[index]
    const top = stack.at(-1)
    if (char === '\\') {
      index += 1
      mark(Math.min(index + 1, text.length), ESCAPED)
    } else if (char === "'" && top !== 'double') {
      const end = text.indexOf("'", index + 1)
      mark(end < 0 ? text.length : end + 1, LITERAL)
    } else if (char === '"') {
      if (top === 'double') stack.pop()
      else if (stack.length < MAX_NESTING) stack.push('double')
      index += 1
    } else if (char === '$' && text[index + 1] === '(') {
      if (stack.length < MAX_NESTING) stack.push('substitution')
      index += 2
    } else if (char === ')' && top === 'substitution') {
      stack.pop()
      index += 1
    } else if (char === '#' && top !== 'double' && isWordStart(text, index)) {
      mark(lineEnd(text, index), COMMENT)
    } else if (char === '<' && top !== 'double') {
      const here = /^<<-?[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([A-Za-z_]\w*))/.exec(
        text.slice(index, index + 200),
      )
      if (here) {
        const [whole, single, double, bare] = here
        waiting.push({ end: single ?? double ?? bare ?? '', isLiteral: bare === undefined })
        index += whole.length
      } else {
        index += text.startsWith('<<<', index) ? 3 : 1
      }
    } else if (char === '\n' && waiting.length > 0) {
      index += 1
      for (const { end, isLiteral } of waiting) {
        const until = hereEnd(text, index, end)
        mark(until, isLiteral ? LITERAL : OPEN)
      }
      waiting = []
    } else if (top === 'double') {
      mark(index + 1, QUOTED)
    } else {
      index += 1
    }
  }
  return (at) => names[places[at] ?? OPEN] ?? 'open'
}

interface HereDocument {
  readonly end: string
  readonly isLiteral: boolean
}

const OPEN = 0
const LITERAL = 1
const COMMENT = 2
const ESCAPED = 3
const QUOTED = 4
const names: readonly ShellPlace[] = ['open', 'literal', 'comment', 'escaped', 'quoted']

const isWordStart = (text: string, index: number) =>
  index === 0 || /[\s;&|(]/.test(text[index - 1] ?? '')

function lineEnd(text: string, index: number): number {
  const end = text.indexOf('\n', index)
  return end < 0 ? text.length : end
}

/** Where the text of a here-document ends, the line with its end included. */
function hereEnd(text: string, from: number, end: string): number {
  let start = from
  while (start < text.length) {
    const stop = lineEnd(text, start)
    if (text.slice(start, stop).trim() === end) return stop
    start = stop + 1
  }
  return text.length
}
