import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, type Result } from '../result/result.ts'
import { alertTitle } from '../alert/schema.ts'
import { findMatchersProblem } from './matchers.ts'
import type { SilencePreview } from './preview.ts'
import { MAX_SILENCE_MS, type Unlisted } from './schema.ts'
import type { Matcher } from '../matcher/matcher.ts'

/** Until when, and whether it may hide a P0. Times in ms since the epoch, UTC. */
export interface SilenceTerms {
  readonly endsAt: number
  /** The person has confirmed that it hides P0 alerts. */
  readonly evenP0: boolean
}

/** Whether matchers can be used; what is wrong with them is said as their server would say it. */
export function checkMatchers(matchers: readonly Matcher[]): Result<null, CommandRejection> {
  const problem = findMatchersProblem(matchers)
  return problem === null ? ok(null) : fail({ code: 'invalid-input', message: problem.message })
}

/**
 * Whether a silence may be created or extended. A P0 that it hides has to be confirmed: asked here,
 * where it is certain what is hidden, and not only by the page, which may be behind.
 *
 * @param unlisted what it hides beside what the source lists.
 * @param now ms since the epoch, UTC.
 */
export function decideSilence(
  { endsAt, evenP0 }: SilenceTerms,
  { hidden, bySeverity }: Pick<SilencePreview, 'hidden' | 'bySeverity'>,
  unlisted: Unlisted,
  now: number,
): Result<null, CommandRejection> {
  if (endsAt <= now) {
    return fail({
      code: 'invalid-input',
      message: 'The end of the silence is in the past.',
      hint: 'Choose a later time.',
    })
  }
  if (endsAt > now + MAX_SILENCE_MS) {
    return fail({
      code: 'invalid-input',
      message: 'A silence can last a year, not longer.',
      hint: 'Change the rule of an alert that nobody wants to see again.',
    })
  }
  const p0 = bySeverity.P0 + unlisted.p0
  if (p0 > 0 && !evenP0) {
    const [worst] = hidden
    const name = bySeverity.P0 > 0 && worst ? alertTitle(worst) : (unlisted.names[0] ?? '')
    return fail({
      code: 'needs-confirmation',
      message:
        p0 === 1
          ? `This silence hides a P0 alert: ${name}`
          : `This silence hides ${String(p0)} P0 alerts, such as: ${name}`,
      hint: 'No page for it until the silence ends. Confirm that this is what you want.',
    })
  }
  return ok(null)
}
