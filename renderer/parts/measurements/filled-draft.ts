import { impactValue } from '#shared/domain/impact/sentence.ts'
import type { Followed } from './use-followed.ts'

/** What a draft writes for whoever sends it. */
const OWN_NAME = 'Name'

/**
 * A draft of a message with the numbers that are known in it; what is not known, and what only the
 * writer knows, stands in square brackets.
 *
 * @param now ms since the epoch, UTC.
 */
export function fillDraft(
  text: string,
  { plan, measured }: Pick<Followed, 'plan' | 'measured'>,
  now: number,
): string {
  return text.replaceAll(/\{([^{}]+)\}/g, (_written, inside: string) => {
    if (inside === OWN_NAME) return '[your name]'
    const { values } = plan.impact
    const value = Object.hasOwn(values, inside) ? values[inside] : undefined
    if (!value) return `[${inside}]`
    return impactValue(inside, value, measured?.values[inside]?.reading, now).text ?? `[${inside}]`
  })
}
