/**
 * Cuts a stream of text into lines.
 *
 * @param maxLength longest line, in UTF-16 units.
 * @returns takes each piece; null once a line is longer than that: the rest is not to be trusted.
 */
export function createLineCutter(maxLength: number): (piece: string) => readonly string[] | null {
  let rest = ''
  return (piece) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    return [...lines, rest].some(({ length }) => length > maxLength) ? null : lines
  }
}
