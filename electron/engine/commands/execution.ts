import type { ContractError, OutputOf, ParsedInputOf, Prepared } from '#shared/contract/index.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { isRunbookSeen, runbooksSeen } from '#shared/domain/watch/visible.ts'
import { executionRequest } from '../executions/execution-request.ts'
import type { Executions } from '../executions/executions.ts'
import type { ManyTargets } from '../executions/many-targets.ts'
import type { PrepareMany } from '../executions/prepare-many.ts'
import type { NamedCodes } from '../executions/named-codes.ts'
import type { Prepare, PreparedWork } from '../executions/prepare.ts'
import type { RunbookTexts } from '../executions/runbook-texts.ts'
import type { TerminalRuns } from '../executions/terminal-runs.ts'
import type { Runner } from '../ports/runner.ts'
import type { TrustedTexts } from '../ports/trusted-texts.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'

/** What runs things; null where a host runs nothing. */
export interface Executing {
  readonly executions: Executions
  readonly manyTargets: ManyTargets
  readonly named: NamedCodes
  readonly prepare: Prepare
  readonly prepareMany: PrepareMany
  readonly runner: Pick<Runner, 'output'>
  /** What runs elsewhere, and writes what it prints to the same place. */
  readonly terminal: Pick<TerminalRuns, 'isRunning' | 'more'>
  readonly texts: RunbookTexts
  readonly trustedTexts: TrustedTexts
}

/** Running the commands and queries of runbooks. */
export function executionHandlers(deps: OnceDeps, executing: Executing | null) {
  return {
    'execution.prepare': async (input) => {
      if (!executing) return runsNothing()
      const found = await executing.prepare(input)
      return found.ok ? ok(found.value.prepared) : found
    },
    'execution.find': async ({ incidentId, name }) => {
      if (!executing) return runsNothing()
      const state = deps.recorder.state()
      const plan = state.plans.get(state.responses.get(incidentId)?.revision ?? '')
      const found = plan && (await executing.named.findOfPlan(plan, name))
      if (!found) {
        return fail({
          code: 'not-found',
          message: `No runbook of this plan has a command named ${JSON.stringify(name)}.`,
          hint: 'Its fence would begin with sh {"name":"…"}.',
        })
      }
      const { text, step, code } = found
      return ok({ runbook: text.id, hash: text.hash, step: step.id, code: code.start })
    },
    'execution.start': async (input, call) => {
      if (!executing) return runsNothing()
      const found = await executing.prepare(input)
      return found.ok ? start(deps, executing, input, found.value, call) : found
    },
    'execution.cancel': ({ executionId }, { actor }) => {
      if (!executing) return runsNothing()
      if (executing.terminal.isRunning(executionId)) return runsInTerminal()
      const cancelled = executing.executions.cancel(executionId, actor)
      return cancelled.ok ? ok({}) : cancelled
    },
    'execution.output': async ({ executionId, offset, limit }) => {
      if (!executing) return runsNothing()
      const { executions, runner, terminal } = executing
      const read = () => runner.output(executionId, { offset, limit })
      const isRunning = () => executions.isRunning(executionId) || terminal.isRunning(executionId)
      let page = await read()
      if ((page === null || page.text === '') && isRunning()) {
        await (terminal.isRunning(executionId) ? terminal.more() : executions.more(executionId))
        page = await read()
      }
      // Who keeps outputs does not know what is written by others.
      const isTold = page?.state === 'incomplete' && terminal.isRunning(executionId)
      if (page) return ok({ ...page, ...(isTold ? { state: 'running' as const } : {}) })
      if (isRunning()) {
        return ok({ text: '', offset, next: offset, size: offset, state: 'running' as const })
      }
      return fail({
        code: 'not-found',
        message: 'The output is not kept any more.',
        hint: 'Old outputs make room for new ones.',
      })
    },
    'runbook.trusted': async ({ runbook }, { hidden }) => {
      if (!executing) return runsNothing()
      const state = deps.recorder.state()
      const isSeen = hidden.size === 0 || isRunbookSeen(runbook, runbooksSeen(state, hidden))
      const trusted = (isSeen ? state.trusted.get(runbook) : null) ?? null
      const text = trusted ? await executing.trustedTexts.read(trusted.hash) : null
      return ok({ trusted, text })
    },
    'runbook.trust': async ({ runbook, hash }, call) => {
      if (!executing) return runsNothing()
      const text = await executing.texts.read(runbook, hash)
      if (!text.ok) return text
      const kept = await executing.trustedTexts.keep(hash, text.value.text)
      if (!kept.ok) {
        return fail({
          code: 'not-allowed-now',
          message: `The text cannot be trusted: ${kept.error}.`,
          hint: 'Make room on the disk, and try again.',
        })
      }
      const { title } = text.value.runbook
      return recordOnce(deps, call, (state) =>
        state.trusted.get(runbook)?.hash === hash
          ? fail({ code: 'already-done', message: 'This text is trusted already.' })
          : ok([
              {
                type: 'runbook.trusted',
                runbook,
                title: title.slice(0, 500),
                hash,
                commit: text.value.commit,
              },
            ]),
      )
    },
  } satisfies Partial<Handlers>
}

/** Starts what was prepared, as far as the person may and has confirmed what there is to confirm. */
function start(
  deps: OnceDeps,
  { executions }: Executing,
  input: ParsedInputOf<'execution.start'>,
  ready: PreparedWork,
  call: Call,
): Result<OutputOf<'execution.start'>, ContractError> {
  const { prepared, work } = ready
  const executionId = deps.ids.derive('execution', call.requestId)
  const refusal = refusalOf(prepared, input) ?? executions.full()
  const isKnown = deps.recorder.state().executions.has(executionId)
  if (!isKnown && refusal) return fail(refusal)
  if (!isKnown && work) executions.intend(executionId, work)
  const recorded = recordOnce(deps, call, (state) => {
    const incident = state.incidents.get(input.incidentId)
    if (incident?.status === 'closed' || !incident) {
      return fail({ code: 'not-allowed-now', message: 'This incident is closed.' })
    }
    const about = { executionId, incidentId: input.incidentId, reason: 'person' } as const
    return ok([{ type: 'execution.requested', ...executionRequest(ready, about) }])
  })
  executions.forget(executionId)
  return recorded.ok ? ok({ ...recorded.value, executionId }) : recorded
}

function refusalOf(
  { refusedBecause, trust, asks, seal, typed }: PreparedWork['prepared'],
  input: ParsedInputOf<'execution.start'>,
): ContractError | null {
  const refusal = refusalOfPrepared({ refusedBecause, trust })
  if (refusal) return refusal
  if (asks !== 'press' && input.confirmed !== seal) {
    return {
      code: 'needs-confirmation',
      message: 'Confirm what runs: it is not what was confirmed, or nothing was.',
    }
  }
  if (asks === 'type' && input.typed !== typed) {
    return {
      code: 'needs-confirmation',
      message: `Type ${JSON.stringify(typed)} to confirm what is destroyed.`,
    }
  }
  return null
}

function runsInTerminal(): Result<never, ContractError> {
  return fail({
    code: 'not-allowed-now',
    message: 'This runs in a terminal.',
    hint: 'End it there.',
  })
}

/** Why what was prepared cannot be run, whoever confirms it; null where it can. */
export function refusalOfPrepared({
  refusedBecause,
  trust,
}: Pick<Prepared, 'refusedBecause' | 'trust'>): ContractError | null {
  if (refusedBecause !== null) {
    return { code: 'not-allowed-now', message: refusedBecause, hint: 'It can be copied.' }
  }
  if (trust === 'trusted') return null
  return {
    code: 'not-allowed-now',
    message:
      trust === 'changed'
        ? 'This runbook has changed since its commands were trusted.'
        : 'The commands of this runbook are not trusted yet.',
    hint: 'Look at its text, and trust it first.',
  }
}

/** What a host answers that runs nothing. */
export function runsNothing(): Result<never, ContractError> {
  return fail({
    code: 'not-allowed-now',
    message: 'This Deckwatch runs no commands.',
    hint: 'Copy the command, and run it yourself.',
  })
}
