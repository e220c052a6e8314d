/** What enters and leaves the screen that programs such as editors fill as a whole. */
const SWITCH = new RegExp(String.raw`\u001b\[\?(?:1049|1047|47)([hl])`, 'g')

/** The beginning of such a switch at the end of a piece. */
const BEGUN = new RegExp(String.raw`\u001b(?:\[(?:\?\d{0,4})?)?$`)

/** Leaves out what programs draw on a whole screen: nobody could read it in a record. */
export interface FullScreenFilter {
  push(bytes: Buffer): Buffer
  /** The rest. */
  end(): Buffer
}

/** For one stream; across the borders of pieces. */
export function createFullScreenFilter(): FullScreenFilter {
  let held = ''
  let isFull = false

  function take(text: string): string {
    let kept = ''
    let from = 0
    for (const match of text.matchAll(SWITCH)) {
      if (!isFull) kept += text.slice(from, match.index)
      from = match.index + match[0].length
      const enters = match[1] === 'h'
      if (enters && !isFull) kept += '[full screen]\r\n'
      isFull = enters
    }
    return isFull ? kept : kept + text.slice(from)
  }

  return {
    push(bytes) {
      // Each byte a character, so that all of them come out as they went in.
      const text = held + bytes.toString('latin1')
      held = BEGUN.exec(text)?.[0] ?? ''
      return Buffer.from(take(text.slice(0, text.length - held.length)), 'latin1')
    },
    end() {
      const rest = held
      held = ''
      return Buffer.from(take(rest), 'latin1')
    },
  }
}
