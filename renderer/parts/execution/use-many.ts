import { useMemo, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { InputOf } from '#shared/contract/contract.ts'
import type { PreparedMany } from '#shared/contract/operations/many-targets.ts'
import { targetsOf } from '#shared/domain/execution/targets.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { inputsOf } from '#shared/domain/runbook/inputs/inputs-of.ts'
import type { Code, Runbook, Step } from '#shared/domain/runbook/schema.ts'
import { inputFactsOf } from '#shared/domain/watch/input-facts.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { useAsked } from './use-asked.ts'
import type { CodePlace } from './use-prepared.ts'

/** A command or a query, and which of its targets. */
export type ManyPlace = InputOf<'execution.prepare-many'>

/** What the engine says of many targets; `null` while it is asked, or cannot be. */
export type ManyState =
  | { readonly kind: 'prepared'; readonly prepared: PreparedMany }
  | { readonly kind: 'failed'; readonly error: ContractError }
  | null

/** While values are typed, the engine is asked after a pause of so long, ms. */
const PAUSE_MS = 300

/** What is to be run, as the text has it. */
interface Written {
  readonly runbook: Runbook
  readonly step: Step
  readonly code: Code
}

/**
 * What the engine says of running a command on all that the alerts name; null where they do not name
 * several targets, or it is not known yet. The engine is asked only where there are some.
 */
export function useManyPrepared(place: CodePlace, written: Written): PreparedMany | null {
  const names = useTargetNames(place, written)
  const state = useManyAnswer(names === null ? null : place, names ?? '')
  return state?.kind === 'prepared' ? state.prepared : null
}

/** The names of the targets in one text; null where there are none. */
function useTargetNames(place: CodePlace, { runbook, step, code }: Written): string | null {
  const { mirror } = useCockpit()
  const revision = useMirror(({ watch }) => watch?.incidents.get(place.incidentId)?.revision)
  const executions = useMirror(({ watch }) => watch?.executions)
  const entered = JSON.stringify(place.values ?? {})
  return useMemo(() => {
    const { watch } = mirror.getState()
    const facts =
      watch &&
      inputFactsOf(watch, {
        incidentId: place.incidentId,
        runbookId: place.runbook,
        runbook,
        entered: place.values ?? {},
      })
    const found = facts ? targetsOf(code, inputsOf(codesOf(step), runbook), facts) : null
    return found?.targets.map(({ name }) => name).join('\n') ?? null
    // The revision says when the incident or one of its alerts changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the facts are those of this revision
  }, [mirror, revision, executions, place.incidentId, place.runbook, entered, runbook, step, code])
}

/**
 * What would run on some targets, asked anew when they, the values, the text or the trust in it are
 * others.
 *
 * @param place null: nothing is asked.
 * @param version asked anew when it is another one.
 */
export function useManyAnswer(place: ManyPlace | null, version = ''): ManyState {
  const state = useAsked('execution.prepare-many', place, PAUSE_MS, version)
  return state.kind === 'prepared' || state.kind === 'failed' ? state : null
}

/** Runs on many targets what asks nothing before: a press is enough. */
export function useRunMany() {
  const { client, announcements } = useCockpit()
  const [refused, setRefused] = useState<ContractError | null>(null)
  const [isPending, setPending] = useState(false)
  const run = async (place: ManyPlace) => {
    if (isPending) return
    setPending(true)
    setRefused(null)
    const result = await client.request('execution.start-many', place)
    setPending(false)
    if (!result.ok) setRefused(result.error)
    const text = result.ok ? 'Started' : describeRefusal(result.error)
    announcements.tell({ politeness: 'polite', text })
  }
  return { refused, isPending, run }
}
