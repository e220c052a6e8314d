import { excerptOf } from '#electron/http/failure.ts'

/** Most names that a sentence lists. */
const MAX_NAMED = 8

/** `1 rule`, `3 rules`: a number with what it counts. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`
}

/** Names from outside in a sentence: printable, the first ones, and how many more there are. */
export function named(names: readonly string[]): string {
  const more = names.length - MAX_NAMED
  const listed = names.slice(0, MAX_NAMED).map(excerptOf).join(', ')
  return more > 0 ? `${listed} and ${String(more)} more` : listed
}
