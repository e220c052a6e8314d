/** Longest id made from a text. */
const MAX_LENGTH = 48

/**
 * Ids for the steps of one plan: from what a step says, so that what was ticked stays ticked while
 * others change; the second step with the same text gets a number.
 */
export function createStepIds(): (text: string) => string {
  const used = new Map<string, number>()
  return (text) => {
    const words = text
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    const base = words.slice(0, MAX_LENGTH).replaceAll(/^-+|-+$/g, '') || 'step'
    const count = (used.get(base) ?? 0) + 1
    used.set(base, count)
    return count === 1 ? base : `${base}-${String(count)}`
  }
}
