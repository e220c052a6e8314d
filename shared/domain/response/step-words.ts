import type { TimelineWords } from '../event/definition.ts'
import { plainText } from '../plan/plain-text.ts'
import type { StepState } from './schema.ts'

const stepWords: Readonly<Record<StepState, readonly [text: string, deed: string]>> = {
  open: ['Step open again', 'reopened the step'],
  done: ['Step done', 'did'],
  skipped: ['Step skipped', 'skipped'],
  failed: ['Step failed', 'marked as failed'],
}

const noteWords = ['Note on a step', 'noted on the step'] as const

/** How the timeline says what became of a step, of a plan as of a runbook. */
export function stepLine({
  text,
  state,
  note,
}: {
  readonly text: string
  readonly state: StepState
  readonly note: string | null
}): TimelineWords {
  // A note on a step that nobody has touched opens nothing again.
  const [said, deed] = state === 'open' && note !== null ? noteWords : stepWords[state]
  const step = plainText(text)
  const what = note === null ? step : `${step} (“${note}”)`
  return { kind: 'incident', text: `${said}: ${what}`, deed: `${deed}: ${what}` }
}
