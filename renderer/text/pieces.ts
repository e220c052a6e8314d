import type { MarkedText } from '#shared/domain/knowledge/excerpt.ts'

/** A piece of a line: what was found in it is marked. */
export interface Piece {
  readonly text: string
  readonly isFound: boolean
}

/** A text cut at its marks; joined again it is the same text. */
export function piecesOf({ text, marks }: MarkedText): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of marks) {
    pieces.push({ text: text.slice(at, start), isFound: false })
    pieces.push({ text: text.slice(start, end), isFound: true })
    at = end
  }
  pieces.push({ text: text.slice(at), isFound: false })
  return pieces.filter((piece) => piece.text !== '')
}
