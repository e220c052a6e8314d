import type { InputOf } from '#shared/contract/contract.ts'
import type { Prepared } from '#shared/contract/operations/execution.ts'
import { useAsked, type Asked } from './use-asked.ts'

/** A command or a query of a step of a runbook that is followed, and what it is filled in with. */
export type CodePlace = InputOf<'execution.prepare'>

/** While values are typed, the engine is asked after a pause of so long, ms. */
const PAUSE_MS = 200

/** What would run, asked anew when the values, the text or the trust in it are others. */
export function usePrepared(place: CodePlace): Asked<Prepared> {
  return useAsked('execution.prepare', place, PAUSE_MS)
}
