import type { InputOf } from '#shared/contract/contract.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { describeEnd } from '../text/bulk-words.ts'
import type { AlertScreen } from './alert-screen.ts'
import {
  planBulk,
  runBulk,
  type BulkAction,
  type BulkOutcome,
  type BulkPlan,
  type BulkProgress,
} from './bulk.ts'

/** Where an action on many stands. */
export type BulkState =
  /** It would reach alerts that were not chosen: a person is asked. */
  | { readonly phase: 'asking'; readonly plan: BulkPlan; readonly until: number | null }
  | {
      readonly phase: 'running'
      readonly plan: BulkPlan
      readonly progress: BulkProgress
      readonly isStopping: boolean
    }
  | { readonly phase: 'ended'; readonly plan: BulkPlan; readonly progress: BulkProgress }

/** The commands that are given to many. */
export type BulkCommand = {
  [Name in 'incident.acknowledge' | 'incident.snooze']: {
    readonly name: Name
    readonly input: InputOf<Name>
    readonly title: string
  }
}['incident.acknowledge' | 'incident.snooze']

interface BulkPorts {
  readonly screen: Pick<AlertScreen, 'chosen' | 'select'>
  /** Gives one command to the engine. */
  readonly give: (command: BulkCommand) => Promise<BulkOutcome>
  /** Says something to who cannot see the screen, without interrupting. */
  readonly say: (text: string) => void
}

export interface Bulk {
  /** Null while nothing is under way. */
  readonly store: Pick<StoreApi<BulkState | null>, 'getState' | 'getInitialState' | 'subscribe'>
  /** Starts on the chosen alerts, or asks first. @param until ms since the epoch, UTC, for a snooze. */
  readonly start: (action: BulkAction, until?: number) => void
  readonly confirm: () => void
  /** Lets what is under way end and starts nothing more. */
  readonly stop: () => void
  /** Puts the question or the outcome away. */
  readonly dismiss: () => void
}

const nothingYet: BulkProgress = { done: 0, kept: 0, failures: [] }

/** Acknowledges or snoozes the incidents of the chosen alerts, one run at a time. */
export function createBulk({ screen, give, say }: BulkPorts): Bulk {
  const store = createStore<BulkState | null>(() => null)
  let abort = new AbortController()
  const set = (state: BulkState | null) => {
    store.setState(state, true)
  }

  const commandOf = (
    action: BulkAction,
    { id, title }: { readonly id: string; readonly title: string },
    until: number | null,
  ): BulkCommand =>
    action === 'snooze' && until !== null
      ? { name: 'incident.snooze', input: { incidentId: id, until }, title }
      : { name: 'incident.acknowledge', input: { incidentId: id }, title }

  async function run(plan: BulkPlan, until: number | null): Promise<void> {
    abort = new AbortController()
    const { signal } = abort
    set({ phase: 'running', plan, progress: nothingYet, isStopping: false })
    const progress = await runBulk(
      plan.incidents,
      (incident) => give(commandOf(plan.action, incident, until)),
      (soFar) => {
        set({ phase: 'running', plan, progress: soFar, isStopping: signal.aborted })
      },
      signal,
    )
    // What is left to do stays chosen.
    const failed = new Set(progress.failures.map(({ incident }) => incident.id))
    const isLeft = signal.aborted
    if (!isLeft) {
      const left = screen.chosen().filter(({ alert }) => failed.has(alert.incidentId))
      screen.select(new Set(left.map(({ key }) => key)))
    }
    set({ phase: 'ended', plan, progress })
    say(describeEnd(plan, progress))
  }

  return {
    store,
    start(action, until) {
      if (store.getState()?.phase === 'running') return
      const plan = planBulk(action, screen.chosen())
      if (plan.incidents.length === 0) {
        set({ phase: 'ended', plan, progress: nothingYet })
        say(describeEnd(plan, nothingYet))
      } else if (plan.others > 0) set({ phase: 'asking', plan, until: until ?? null })
      else void run(plan, until ?? null)
    },
    confirm() {
      const state = store.getState()
      if (state?.phase === 'asking') void run(state.plan, state.until)
    },
    stop() {
      const state = store.getState()
      if (state?.phase !== 'running') return
      abort.abort()
      set({ ...state, isStopping: true })
    },
    dismiss() {
      if (store.getState()?.phase !== 'running') set(null)
    },
  }
}
