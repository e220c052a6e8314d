import type { InputOf } from '#shared/contract/contract.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { describeEnd } from './bulk-words.ts'
import type { AlertScreen } from './alert-screen.ts'
import {
  MAX_UNASKED,
  planBulk,
  planUndo,
  runBulk,
  takesP0AmongOthers,
  type BulkAction,
  type BulkOutcome,
  type BulkPlan,
  type BulkProgress,
  type BulkUndo,
} from './bulk.ts'

/** Where an action on many stands. */
export type BulkState =
  /** It would reach more than a person may have in mind: they are asked. */
  | { readonly phase: 'asking'; readonly plan: BulkPlan; readonly until: number | null }
  | {
      readonly phase: 'running'
      readonly plan: BulkPlan
      readonly progress: BulkProgress
      readonly isStopping: boolean
    }
  | {
      readonly phase: 'ended'
      readonly plan: BulkPlan
      readonly progress: BulkProgress
      /** What was acknowledged or snoozed by it, and can be undone. */
      readonly taken: readonly Incident[]
    }

type BulkCommandName = `incident.${BulkAction}`

/** The commands that are given to many. */
export type BulkCommand = {
  [Name in BulkCommandName]: {
    readonly name: Name
    readonly input: InputOf<Name>
    readonly title: string
  }
}[BulkCommandName]

interface BulkPorts {
  readonly screen: Pick<AlertScreen, 'chosen' | 'select' | 'listenChoice' | 'isChoiceOlder'>
  /** Gives one command to the engine. */
  readonly give: (command: BulkCommand) => Promise<BulkOutcome>
  /** An incident as it is now, where this person did what is to be undone; null where not. */
  readonly mine: (incidentId: string, undo: BulkUndo) => Incident | null
  /** Why this reader may not do it at all; null when they may. */
  readonly forbidden: (name: BulkCommandName) => string | null
  /** Why nothing can be done to several alerts now; null when it can. */
  readonly blocked: () => string | null
  /** Says something to who cannot see the screen, without interrupting. */
  readonly say: (text: string) => void
}

/** How an action was asked for. */
export interface BulkRequest {
  /** For a snooze, ms since the epoch, UTC. */
  readonly until?: number
  /** True for a key, which is pressed more easily than meant. */
  readonly isByKey?: boolean
}

export interface Bulk {
  /** Null while nothing is under way. */
  readonly store: Pick<StoreApi<BulkState | null>, 'getState' | 'getInitialState' | 'subscribe'>
  /** Starts on the chosen alerts, or asks first. */
  readonly start: (action: Exclude<BulkAction, BulkUndo>, request?: BulkRequest) => void
  readonly confirm: () => void
  /** Undoes what the action that has just ended did: unacknowledges, or ends the snooze. */
  readonly undo: () => void
  /** Lets what is under way end and starts nothing more. */
  readonly stop: () => void
  /** Puts the question or the outcome away. */
  readonly dismiss: () => void
  /** Another list is looked at now: what came of the last action is no word about that one. */
  readonly leave: (reason: 'filter' | 'screen') => void
}

const nothingYet: BulkProgress = { done: 0, kept: 0, failures: [] }

/** Acknowledges or snoozes the incidents of the chosen alerts, one run at a time. */
export function createBulk({ screen, give, mine, forbidden, blocked, say }: BulkPorts): Bulk {
  const store = createStore<BulkState | null>(() => null)
  let abort = new AbortController()
  let lastChosen: ReadonlySet<string> | null = null
  const set = (state: BulkState | null) => {
    store.setState(state, true)
  }

  // A question is about what was chosen, and an outcome about what was: a new choice ends both.
  // One that a filter cut down is no new one: it ends the question alone.
  screen.listenChoice((selected, reason) => {
    const phase = store.getState()?.phase
    if (reason === 'listed') {
      if (phase === 'asking') set(null)
      return
    }
    lastChosen = selected
    if (phase === 'asking' || (phase === 'ended' && selected.size > 0)) set(null)
  })

  const commandOf = (
    action: BulkAction,
    { id, title }: { readonly id: string; readonly title: string },
    until: number | null,
  ): BulkCommand =>
    action === 'snooze' && until !== null
      ? { name: 'incident.snooze', input: { incidentId: id, until }, title }
      : action === 'unacknowledge' || action === 'unsnooze'
        ? { name: `incident.${action}`, input: { incidentId: id }, title }
        : { name: 'incident.acknowledge', input: { incidentId: id }, title }

  async function run(plan: BulkPlan, until: number | null): Promise<void> {
    abort = new AbortController()
    const { signal } = abort
    const chosenBefore = lastChosen
    const taken: Incident[] = []
    const isUndo = plan.action === 'unacknowledge' || plan.action === 'unsnooze'
    set({ phase: 'running', plan, progress: nothingYet, isStopping: false })
    const progress = await runBulk(
      plan.incidents,
      async (incident) => {
        const outcome = await give(commandOf(plan.action, incident, until))
        // One that is queued for the engine is cancelled there, not undone.
        if (outcome === 'done' && !isUndo) taken.push(incident)
        return outcome
      },
      (soFar) => {
        set({ phase: 'running', plan, progress: soFar, isStopping: signal.aborted })
      },
      signal,
    )
    // What is left to do stays chosen, and so does what was chosen meanwhile.
    const isLeft = signal.aborted || lastChosen !== chosenBefore
    if (!isLeft && !isUndo) {
      const failed = new Set(progress.failures.map(({ incident }) => incident.id))
      const left = screen.chosen().filter(({ alert }) => failed.has(alert.incidentId))
      screen.select(new Set(left.map(({ key }) => key)))
    }
    set({ phase: 'ended', plan, progress, taken })
    say(describeEnd(plan, progress))
  }

  /** Beside the filter stands what is wrong: it is not said a second time in sight. */
  const refuse = (reason: string) => {
    set(null)
    say(reason)
  }

  const begin = (plan: BulkPlan, until: number | null, isAsked: boolean) => {
    if (plan.incidents.length === 0) {
      set({ phase: 'ended', plan, progress: nothingYet, taken: [] })
      say(describeEnd(plan, nothingYet))
    } else if (isAsked) set({ phase: 'asking', plan, until })
    else void run(plan, until)
  }

  return {
    store,
    start(action, { until, isByKey = false } = {}) {
      if (store.getState()?.phase === 'running') {
        say('The last bulk action is still running.')
        return
      }
      const chosen = screen.chosen()
      const isForbidden = forbidden(`incident.${action}`)
      const isBlocked = chosen.length > 1 ? blocked() : null
      if (isForbidden === null && isBlocked !== null) {
        refuse(isBlocked)
        return
      }
      const plan = planBulk(action, chosen, isForbidden)
      // What was selected under another filter is not what a key pressed since then has in mind.
      const most = screen.isChoiceOlder() ? 1 : MAX_UNASKED
      const isMany = isByKey && plan.incidents.length > most
      begin(plan, until ?? null, plan.others > 0 || isMany || takesP0AmongOthers(plan))
    },
    confirm() {
      const state = store.getState()
      if (state?.phase !== 'asking') return
      const refusal = state.plan.alerts > 1 ? blocked() : null
      if (refusal === null) void run(state.plan, state.until)
      else refuse(refusal)
    },
    undo() {
      const state = store.getState()
      if (state?.phase !== 'ended' || state.taken.length === 0) return
      const undo = state.plan.action === 'snooze' ? 'unsnooze' : 'unacknowledge'
      begin(
        planUndo(undo, state.taken, (id) => mine(id, undo)),
        null,
        false,
      )
    },
    stop() {
      const state = store.getState()
      if (state?.phase !== 'running') return
      abort.abort()
      set({ ...state, isStopping: true })
    },
    leave(reason) {
      const state = store.getState()
      if (state?.phase !== 'ended') return
      // Whoever goes to look at one that was refused comes back to the others.
      if (reason === 'screen' && state.progress.failures.length > 0) return
      set(null)
    },
    dismiss() {
      if (store.getState()?.phase !== 'running') set(null)
    },
  }
}
