/**
 * What the hooks of a shell write between its output, and nobody sees: where a command begins and where
 * it has ended. Each mark carries a word that only the shell knows, so that no output can be taken for one.
 */
const START = '\u001b]7373;'
const END = '\u0007'

/** Longest mark that is waited for, in bytes: a long command line. */
const MAX_MARK = 256 * 1024

/** What a shell's output is made of. */
export type ShellPiece =
  | { readonly kind: 'output'; readonly bytes: Buffer }
  | { readonly kind: 'begun'; readonly folder: string; readonly line: string }
  | { readonly kind: 'ended'; readonly code: number }

/** Takes the marks of one shell out of its output, across the borders of pieces. */
export interface MarkReader {
  push(bytes: Buffer): readonly ShellPiece[]
}

/** @param word that of the shell, of letters and digits. */
export function createMarkReader(word: string): MarkReader {
  const start = Buffer.from(`${START}${word};`)
  let held: Buffer = Buffer.alloc(0)

  return {
    push(bytes) {
      const all = Buffer.concat([held, bytes])
      const pieces: ShellPiece[] = []
      const output = (from: number, to: number) => {
        if (to > from) pieces.push({ kind: 'output', bytes: all.subarray(from, to) })
      }
      let from = 0
      for (;;) {
        const at = all.indexOf(start, from)
        if (at === -1) break
        output(from, at)
        const end = all.indexOf(END, at)
        if (end === -1) {
          // Its rest is still to come, unless that is no mark of ours at all.
          if (all.length - at <= MAX_MARK) held = Buffer.from(all.subarray(at))
          else {
            output(at, all.length)
            held = Buffer.alloc(0)
          }
          return pieces
        }
        const mark = readMark(all.toString('utf8', at + start.length, end))
        if (mark) pieces.push(mark)
        from = end + 1
      }
      const begun = beginningAtEnd(all.subarray(from), start)
      output(from, all.length - begun)
      held = Buffer.from(all.subarray(all.length - begun))
      return pieces
    },
  }
}

/** How much at the end of a text may be the beginning of a mark, in bytes. */
function beginningAtEnd(text: Buffer, start: Buffer): number {
  for (let length = Math.min(start.length - 1, text.length); length > 0; length -= 1) {
    if (text.subarray(text.length - length).equals(start.subarray(0, length))) return length
  }
  return 0
}

function readMark(text: string): ShellPiece | null {
  const [kind, first = '', second = ''] = text.split(';')
  if (kind === 'B') return { kind: 'begun', folder: plain(first), line: plain(second) }
  return kind === 'E' && /^\d{1,3}$/.test(first) ? { kind: 'ended', code: Number(first) } : null
}

const meant: Readonly<Record<string, string>> = { n: '\n', s: ';', '\\': '\\' }

/** As the hooks write a text that may hold anything. */
const plain = (text: string) =>
  text.replaceAll(/\\(.)/gs, (_, letter: string) => meant[letter] ?? letter)
