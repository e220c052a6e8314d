/** So many digits of an id are its text's. */
const LENGTH = 11

/**
 * Gives ids to steps: each made of where the step stands and what it says, so that a change
 * elsewhere in the file leaves it alone. The second step with the same words gets a number.
 */
export function createStepIds(): (place: readonly string[], title: string) => string {
  const counts = new Map<string, number>()
  return (place, title) => {
    const words = [...place, title].map((each) => each.toLowerCase().replace(/\s+/g, ' ').trim())
    const base = `s${digest(words.join('\n'))}`
    const count = (counts.get(base) ?? 0) + 1
    counts.set(base, count)
    return count === 1 ? base : `${base}-${String(count)}`
  }
}

/** 53 bits of a text (cyrb53): plenty for the steps of a file, and the same in every browser. */
function digest(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  const whole = 4_294_967_296 * (2_097_151 & low) + (high >>> 0)
  return whole.toString(36).padStart(LENGTH, '0')
}
