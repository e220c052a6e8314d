import type { ContractError, ParsedInputOf, PreparedMany } from '#shared/contract/index.ts'
import { latestOfGroup, wentWell, type GroupedExecution } from '#shared/domain/execution/groups.ts'
import type { Target } from '#shared/domain/execution/schema.ts'
import {
  MAX_TARGETS,
  targetsOf,
  usedBy,
  type RunTarget,
  type RunTargets,
} from '#shared/domain/execution/targets.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { fillInputs } from '#shared/domain/runbook/inputs/fill.ts'
import { inputsOf } from '#shared/domain/runbook/inputs/inputs-of.ts'
import type { FilledInput } from '#shared/domain/runbook/inputs/schema.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'
import { inputFactsOf } from '#shared/domain/watch/input-facts.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Ids } from '../ports/ids.ts'
import type { Prepare, PreparedWork } from './prepare.ts'
import { findCode, type RunbookTexts } from './runbook-texts.ts'

/** A command or a query, and which targets it is to run on. */
export type ManyInput = ParsedInputOf<'execution.prepare-many'>

/** What is known before anything runs on many targets. */
export interface ManyWork {
  readonly prepared: PreparedMany
  /** Stands for all that is the same for every target. */
  readonly seal: string
  readonly code: Code
  /** Those that were asked for, at least one. */
  readonly each: readonly { readonly target: RunTarget; readonly ready: PreparedWork }[]
  /** What was run last on each target of the group that is gone on with; empty for a new one. */
  readonly before: readonly GroupedExecution[]
}

interface Deps {
  readonly prepare: Prepare
  readonly texts: Pick<RunbookTexts, 'read'>
  readonly state: () => WatchState
  readonly ids: Pick<Ids, 'derive'>
}

/** Says what a command would do on each target that the alerts name. */
export type PrepareMany = (input: ManyInput) => Promise<Result<ManyWork, ContractError>>

const risks = ['read', 'change', 'destroy'] as const

/** Makes {@link PrepareMany}. Which targets there are is found out here, as the values are. */
export function createPrepareMany({ prepare, texts, state, ids }: Deps): PrepareMany {
  return async (input) => {
    const { incidentId, runbook, hash, step: stepId, code: at, values, group } = input
    const text = await texts.read(runbook, hash)
    if (!text.ok) return text
    const found = findCode(text.value.runbook, stepId, at)
    const asked = {
      incidentId,
      runbookId: runbook,
      runbook: text.value.runbook,
      entered: values,
    }
    const facts = inputFactsOf(state(), asked)
    if (!found || !facts) {
      return fail({ code: 'not-found', message: 'This step of the runbook has no such command.' })
    }
    const { step, code } = found
    const inputs = inputsOf(codesOf(step), text.value.runbook)
    const named = targetsOf(code, inputs, facts)
    const before = group === null ? [] : latestOfGroup(state().executions.values(), group)
    const seal = sealOf(input, usedBy(code, fillInputs(inputs, facts)), named, before)
    if (before.some((each) => each.group.seal !== seal)) {
      return fail({
        code: 'not-allowed-now',
        message: 'The command or its values are not those that were run before.',
        hint: 'Run it anew.',
      })
    }
    const chosen = choose(input, named, before)
    if (!chosen.ok) return chosen
    const each: { readonly target: RunTarget; readonly ready: PreparedWork }[] = []
    for (const target of chosen.value) {
      const ready = await prepare({ ...codeOf(input), values: { ...values, ...target.values } })
      if (!ready.ok) return ready
      each.push({ target, ready: ready.value })
    }
    const [first] = each
    if (!first) return fail(noTargets)
    const risk = worstOf(each.map(({ ready }) => ready.prepared.risk))
    const prepared: PreparedMany = {
      noun: named?.noun ?? before[0]?.group.noun ?? 'target',
      of: before[0]?.group.of ?? named?.targets.length ?? each.length,
      more: named?.more ?? 0,
      seal: ids.derive(
        'seal',
        risk,
        JSON.stringify(each.map(({ target, ready }) => [target, ready.prepared.seal])),
      ),
      risk,
      asks: risk === 'read' ? 'press' : 'confirm',
      trust: first.ready.prepared.trust,
      refusedBecause:
        risk === 'destroy'
          ? 'What destroys something is run on one target at a time.'
          : each.every(({ ready }) => ready.work === null)
            ? first.ready.prepared.refusedBecause
            : null,
      common: commonTargets(each.map(({ ready }) => ready.prepared.targets)),
      targets: each.map(
        ({
          target,
          ready: {
            prepared: { shown, refusedBecause },
          },
        }) => ({
          name: target.name,
          shown,
          refusedBecause,
        }),
      ),
    }
    return ok({ prepared, seal, code, each, before })
  }

  /** Of the command and of all its values but those that differ from target to target. */
  function sealOf(
    { incidentId, runbook, hash, step, code }: ManyInput,
    filled: readonly FilledInput[],
    named: RunTargets | null,
    before: readonly GroupedExecution[],
  ): string {
    const varied = Object.keys(before[0]?.group.values ?? named?.targets[0]?.values ?? {})
    const same = filled.filter(({ id }) => !varied.includes(id)).map(({ id, value }) => [id, value])
    const parts = [incidentId, runbook, hash, step, String(code), JSON.stringify(same)]
    return ids.derive('many', ...parts)
  }
}

/** Why a change may not run on these yet; null where it may. Pure. */
export function firstRefusal({ prepared, each, before }: ManyWork): ContractError | null {
  if (prepared.risk === 'read' || each.length === 1) return null
  // What went well as a read says nothing of a change.
  if (before.some((one) => one.risk !== 'read' && wentWell(one.result))) return null
  return {
    code: 'not-allowed-now',
    message: 'What changes something runs on one target first.',
    hint: 'Run it on one of them, and look at what came of it.',
  }
}

const noTargets: ContractError = {
  code: 'not-found',
  message: 'The alerts of this incident do not name several targets for this command.',
}

/** The targets that were asked for: those that the alerts name, and those of the group. */
function choose(
  { targets, group }: ManyInput,
  named: RunTargets | null,
  before: readonly GroupedExecution[],
): Result<readonly RunTarget[], ContractError> {
  if (group !== null && before.length === 0) {
    return fail({ code: 'not-found', message: 'What was run before is not known any more.' })
  }
  const known = new Map(
    [
      ...before.map(({ group: { target, values } }) => ({ name: target, values })),
      ...(named?.targets ?? []),
    ].map((target) => [target.name, target] as const),
  )
  if (targets === null) return named ? ok(named.targets) : fail(noTargets)
  const chosen = [...new Set(targets)].map((name) => known.get(name))
  const all = chosen.filter((target) => target !== undefined)
  if (all.length === chosen.length) return ok(all.slice(0, MAX_TARGETS))
  const gone = targets.filter((name) => !known.has(name))
  return fail({
    code: 'not-found',
    message: `No alert names ${gone.slice(0, 3).join(', ')} any more.`,
    hint: 'Look at the targets again.',
  })
}

function codeOf({ incidentId, runbook, hash, step, code }: ManyInput) {
  return { incidentId, runbook, hash, step, code }
}

function worstOf(all: readonly PreparedMany['risk'][]): PreparedMany['risk'] {
  return risks[Math.max(...all.map((risk) => risks.indexOf(risk)))] ?? 'destroy'
}

/** What is the same for all. */
function commonTargets(all: readonly (readonly Target[])[]): Target[] {
  const [first = [], ...others] = all
  return first.filter(({ kind, value }) =>
    others.every((targets) => targets.some((each) => each.kind === kind && each.value === value)),
  )
}
