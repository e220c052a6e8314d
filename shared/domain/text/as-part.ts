/** A sentence without its full stop. */
export function withoutFullStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

/** A sentence as a part of another one: it begins small, and has no full stop. */
export function asPart(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${withoutFullStop(sentence.slice(1))}`
}
