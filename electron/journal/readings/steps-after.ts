import { MAX_KEPT_STEPS, type KeptStep } from '#shared/domain/history/earlier.ts'
import { MAX_KEPT_NOTE } from '#shared/domain/history/kept-note.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { BodyOfConcept, Event } from '#shared/domain/watch/event.ts'

/** The steps that are kept of an incident after one was marked; one that is open again is none. */
export function stepsAfter(
  others: readonly KeptStep[],
  {
    step,
    text,
    state,
    note,
  }: Pick<
    Extract<BodyOfConcept<'response'>, { readonly type: 'step.marked' }>,
    'step' | 'text' | 'state' | 'note'
  >,
  { at, actor }: Event,
): readonly KeptStep[] {
  if (state === 'open') return others
  const said = note === null ? null : toPrintable(note, MAX_KEPT_NOTE)
  const short = toPrintable(text, MAX_KEPT_NOTE)
  return [...others, { id: step, text: short, state, at, by: actor, note: said }].slice(
    -MAX_KEPT_STEPS,
  )
}
