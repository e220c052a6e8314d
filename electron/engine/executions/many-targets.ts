import type { ContractError } from '#shared/contract/index.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import {
  isGrouped,
  problemsOf,
  tallyOf,
  type GroupedExecution,
} from '#shared/domain/execution/groups.ts'
import type { ExecutionRequest, Outcome } from '#shared/domain/execution/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Reactor } from '../reactors/reactor.ts'
import type { Executions } from './executions.ts'
import type { Work } from './prepare.ts'

/** Targets of one group that it runs on at a time. */
export const AT_A_TIME = 4

const deckwatch: Actor = { kind: 'deckwatch' }

/** What is to run on one of many targets: its work, or why there is none. */
export type TargetWork =
  | { readonly kind: 'work'; readonly work: Work }
  | { readonly kind: 'refused'; readonly why: string }

/** Runs of many targets: a few at a time, and one line of the timeline for all of them. */
export interface ManyTargets {
  readonly reactor: Reactor
  /** What is to run once its request is recorded: it is forgotten where that is refused. */
  intend(works: ReadonlyMap<string, TargetWork>): void
  forget(executionIds: Iterable<string>): void
  /** Ends what runs of a group; what waits never runs. */
  cancel(groupId: string, by: Actor): Result<void, ContractError>
  /** What waits never runs, and that is recorded. */
  stop(): void
}

interface Deps {
  readonly executions: Pick<Executions, 'abandon' | 'begin' | 'cancel' | 'full'>
  readonly recorder: Pick<Recorder, 'record'>
}

interface Waiting {
  readonly request: ExecutionRequest
  readonly target: TargetWork
}

/** One group, while some of it waits or runs. */
interface Queue {
  readonly waiting: Waiting[]
  readonly running: Set<string>
}

/** Makes {@link ManyTargets}. Nothing runs before its request is recorded. */
export function createManyTargets({ executions, recorder }: Deps): ManyTargets {
  const intended = new Map<string, TargetWork>()
  const queues = new Map<string, Queue>()

  function queueOf(groupId: string): Queue {
    const queue = queues.get(groupId) ?? { waiting: [], running: new Set() }
    queues.set(groupId, queue)
    return queue
  }

  function runNext(): void {
    for (const queue of queues.values()) runNextOf(queue)
  }

  function runNextOf({ waiting, running }: Queue): void {
    while (waiting.length > 0 && running.size < AT_A_TIME && executions.full() === null) {
      const next = waiting.shift()
      if (!next) return
      const { request, target } = next
      if (target.kind === 'refused') {
        executions.abandon(request, { kind: 'not-started', message: target.why })
        continue
      }
      running.add(request.executionId)
      executions.begin(request, target.work)
    }
  }

  function leave(groupId: string, executionId: string): void {
    const queue = queueOf(groupId)
    queue.running.delete(executionId)
    if (queue.running.size === 0 && queue.waiting.length === 0) queues.delete(groupId)
  }

  function abandonAll({ waiting }: Queue, outcome: Outcome): void {
    for (const { request } of waiting.splice(0)) executions.abandon(request, outcome)
  }

  function tellOfBatch(state: WatchState, batchId: string): void {
    const all = [...state.executions.values()]
      .filter(isGrouped)
      .filter(({ group }) => group.batch === batchId)
    const [first] = all
    if (!first || all.some(({ finishedAt }) => finishedAt === null)) return
    recorder.record([finishedBatch(batchId, first, all)], deckwatch)
  }

  return {
    intend(works) {
      for (const [executionId, work] of works) intended.set(executionId, work)
    },
    forget(executionIds) {
      for (const executionId of executionIds) intended.delete(executionId)
    },
    cancel(groupId, by) {
      const queue = queues.get(groupId)
      if (!queue) return fail({ code: 'already-done', message: 'It is not running any more.' })
      abandonAll(queue, { kind: 'cancelled', by })
      for (const executionId of queue.running) executions.cancel(executionId, by)
      return ok(undefined)
    },
    stop() {
      for (const queue of queues.values()) abandonAll(queue, { kind: 'cancelled', by: null })
    },
    reactor: {
      doing: 'running on many targets',
      recorded({ events, state }) {
        for (const { body } of events) {
          if (body.type === 'execution.requested' && body.group) {
            const { type: _, ...request } = body
            const target = intended.get(body.executionId)
            intended.delete(body.executionId)
            if (target) queueOf(body.group.id).waiting.push({ request, target })
          }
          if (body.type === 'execution.finished' && body.group) {
            leave(body.group.id, body.executionId)
            if (body.group.batch !== null) tellOfBatch(state, body.group.batch)
          }
        }
        // Also what ran for somebody else has made room.
        runNext()
      },
    },
  }
}

function finishedBatch(
  batchId: string,
  { group, incidentId, title }: GroupedExecution,
  all: readonly GroupedExecution[],
) {
  return {
    type: 'execution.group-finished' as const,
    batchId,
    groupId: group.id,
    incidentId,
    title,
    noun: group.noun,
    count: all.length,
    tally: tallyOf(all),
    problems: [...problemsOf(all)],
  }
}
