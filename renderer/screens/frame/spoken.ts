import type { Announcement } from '../../engine/cockpit/announcements.ts'

/** What stands in the live regions. */
export type Spoken = Readonly<Record<Announcement['politeness'], string>>

/**
 * What the live regions say next. What is announced in one go is said together: a region that changes
 * twice before it is read out says the last alone.
 */
export function nextSpoken(before: Spoken, announced: readonly Announcement[]): Spoken {
  const textOf = (politeness: Announcement['politeness']): string => {
    const texts = announced.filter((each) => each.politeness === politeness)
    if (texts.length === 0) return before[politeness]
    const text = joined(texts.map((each) => each.text))
    // The same words twice are no change, and what does not change is not read out.
    return before[politeness] === text ? `${text}\u00a0` : text
  }
  return { polite: textOf('polite'), assertive: textOf('assertive') }
}

/** One after the other, each ended before the next begins. */
function joined(texts: readonly string[]): string {
  return texts
    .map((text, index) => (index === texts.length - 1 || /[.!?]$/.test(text) ? text : `${text}.`))
    .join(' ')
}
