import { toPrintable } from '#shared/domain/text/printable.ts'

const controls = String.raw`[\u0000-\u0008\u000b-\u001f\u007f]`
/** From here on they are counted: a picture that is printed by mistake is no text. */
const manyControls = new RegExp(`${controls}{4,}`, 'g')
const bells = new RegExp(String.raw`\u0007`, 'g')
const BACKSPACE = '\b'

/**
 * Makes lines as a terminal would leave them: of a progress line that overwrote itself its last
 * state, a letter that was struck over once, no bells. What could make a text look like another one
 * is made visible. The text may hold many lines, the last of them without its end.
 */
export function toReadableLines(text: string): string {
  let readable = text
  if (readable.includes('\r')) readable = readable.split('\n').map(lastState).join('\n')
  if (readable.includes(BACKSPACE)) readable = readable.split('\n').map(strikeOver).join('\n')
  readable = readable
    .replace(bells, '')
    .replace(manyControls, (run) => `⟨${String(run.length)} control characters⟩`)
  return toPrintable(readable, Infinity)
}

/** What stands behind the last carriage return that something follows. */
function lastState(line: string): string {
  let end = line.length
  while (line[end - 1] === '\r') end -= 1
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end)
}

/** Each backspace takes away the character before it. */
function strikeOver(line: string): string {
  if (!line.includes(BACKSPACE)) return line
  const kept: string[] = []
  for (const char of line) {
    if (char === BACKSPACE) kept.pop()
    else kept.push(char)
  }
  return kept.join('')
}
