import type { Actor } from '#shared/domain/actor/schema.ts'
import { decideHealth, type SourceFacts } from '#shared/domain/source/decide.ts'
import type { Recorder } from '../record/recorder.ts'

const deckwatch: Actor = { kind: 'deckwatch' }

/** Records how a source does where that changed; false when the journal could not. */
export function recordHealth(
  recorder: Pick<Recorder, 'state' | 'record'>,
  sourceId: string,
  facts: SourceFacts,
): boolean {
  const source = recorder.state().sources.get(sourceId)
  const change = source ? decideHealth(source, facts) : null
  return change ? recorder.record([change], deckwatch).ok : true
}
