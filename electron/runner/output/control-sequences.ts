/** Takes control sequences of terminals out of a text that comes in pieces. */
export interface SequenceStripper {
  /** What can be handed on so far; what may be the start of a sequence waits for its end. */
  push(text: string): string
  /** The rest. A sequence that was never ended is shown as the text that it is. */
  end(): string
}

/** Longest parameters of a sequence, and longest text in one (a window's title), in UTF-16 units. */
const MAX_PARAMETERS = 64
const MAX_STRING = 4_096

const csi = String.raw`(?:\u001b\[|\u009b)[\u0020-\u003f]{0,${String(MAX_PARAMETERS)}}`
const string = String.raw`(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u0018\u001a\u001b\u0090\u0098\u009c-\u009f]{0,${String(MAX_STRING)}}`
const escape = String.raw`\u001b[\u0020-\u002f]{0,${String(MAX_PARAMETERS)}}`

/**
 * Sequences as ECMA-48 has them: colours and movements, strings such as titles and links, and all
 * others. Not a library's: what waits for more and what is taken out must follow one grammar, and no
 * part of it may take time that grows with the square of a hostile text.
 */
const complete = new RegExp(
  [
    String.raw`${csi}[\u0040-\u007e]`,
    String.raw`${string}(?:\u0007|\u001b\\|\u009c)`,
    String.raw`${escape}[\u0030-\u004f\u0051-\u0057\u0059\u005a\u005c\u0060-\u007e]`,
  ].join('|'),
  'g',
)
const begun = new RegExp(String.raw`(?:${string}\u001b?|${csi}|${escape})$`)
const introducer = new RegExp(String.raw`[\u001b\u0080-\u009f]`)
const introducers = new RegExp(introducer, 'g')

/** A stripper for one stream. It holds back at most the longest sequence. */
export function createSequenceStripper(): SequenceStripper {
  let held = ''
  return {
    push(text) {
      const all = held + text
      held = ''
      if (!introducer.test(all)) return all
      const start = begun.exec(all)?.index ?? all.length
      held = all.slice(start)
      return strip(all.slice(0, start))
    },
    end() {
      const rest = held
      held = ''
      return strip(rest)
    },
  }
}

function strip(text: string): string {
  return text.replace(complete, '').replace(introducers, '')
}
