import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ContractError } from '#shared/contract/errors.ts'
import { shiftStart, type ShiftStart } from '#shared/domain/handoff/shift.ts'
import type { Period } from '#shared/domain/handoff/schema.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { newWorkbench, readWorkbench, withDraft, type Workbench } from './workbench.ts'

/** What was answered is in the watch within this, ms. */
const SETTLED_MS = 3_000
/** History that is fewer events behind than this has nothing of a shift to catch up on. */
const BEHIND = 1_000

/** The name under which the handoff that is being written is kept among what is being written. */
export const HANDOFF_DRAFT = 'handoff'

/** The answer of a person to a question of a handoff, before it is given. */
export const answerDraft = (handoffId: string, questionId: string) =>
  `${HANDOFF_DRAFT}-answer ${handoffId} ${questionId}`

/** What of the place is shown. */
export type HandoffView =
  | { readonly kind: 'draft' }
  | { readonly kind: 'handoff'; readonly handoffId: string }
  | { readonly kind: 'history' }
  | { readonly kind: 'compare'; readonly earlier: string; readonly later: string }
  | { readonly kind: 'import' }

/** What the place shows. */
export interface HandoffState {
  readonly view: HandoffView
  /** The handoff that is being written; null before its draft was begun. */
  readonly workbench: Workbench | null
  /** Why the shift is held to have begun when it did. */
  readonly start: ShiftStart['reason'] | null
  readonly drafting: 'idle' | 'asking' | 'failed'
  readonly problem: ContractError | null
  /** Damaged events that the draft could not be told. */
  readonly unreadable: number
  /** How far history was behind when the draft was made; null where it was not. */
  readonly lag: { readonly read: number; readonly recorded: number } | null
}

/** The place *Handoff*: what it shows, and what can be done there. */
export interface HandoffModel {
  readonly store: StoreApi<HandoffState>
  show(view: HandoffView): void
  /** Begins the draft where there is none, and asks the engine what the shift's events say. */
  draft(): Promise<void>
  /** Changes what is being written; it is kept at once. */
  change(change: (workbench: Workbench) => Workbench): void
  setPeriod(period: Period, endsNow: boolean): void
  /** Throws the draft away, with all that the person made of it, and begins anew. */
  startOver(): void
}

type World = Pick<Cockpit, 'client' | 'engineNow' | 'mirror' | 'offline' | 'ui'>

/** Makes the model of a page. */
export function createHandoffModel({
  client,
  engineNow,
  mirror,
  offline,
  ui,
}: World): HandoffModel {
  const store = createStore<HandoffState>(() => ({
    view: { kind: 'draft' },
    workbench: null,
    start: null,
    drafting: 'idle',
    problem: null,
    unreadable: 0,
    lag: null,
  }))
  let asked = 0

  const kept = () => ui.getState().drafts.get(HANDOFF_DRAFT)

  /** What was being written before this page, once that is known. */
  function recall(): Workbench | null {
    const text = kept()
    return text === undefined ? null : readWorkbench(text)
  }

  /** What this model wrote down last: another text is somebody else's doing. */
  let written: string | undefined

  function put(workbench: Workbench | null): void {
    store.setState({ workbench })
    const drafts = new Map(ui.getState().drafts)
    written = workbench ? JSON.stringify(workbench) : undefined
    if (written === undefined) drafts.delete(HANDOFF_DRAFT)
    else drafts.set(HANDOFF_DRAFT, written)
    ui.setState({ drafts })
  }
  // What somebody may not see any more is taken out of what they write.
  ui.subscribe(() => {
    const text = kept()
    if (text === written || text === undefined) return
    written = text
    store.setState({ workbench: recall() })
  })

  function startNow(): ShiftStart {
    const { watch, status } = mirror.getState()
    const me = { id: status?.you.id ?? offline.person, owner: status?.owner ?? offline.person }
    return shiftStart(watch?.handoffs.values() ?? [], me, engineNow())
  }

  /** When the shift of a workbench began by now: somebody may have handed over meanwhile. */
  function withBegin(workbench: Workbench): Workbench {
    if (workbench.isBeginGiven) return workbench
    const start = startNow()
    store.setState({ start: start.reason })
    const { period } = workbench
    // What is only assumed does not move from draft to draft.
    if (start.reason === 'default' || start.at === period.from) return workbench
    return { ...workbench, period: { ...period, from: start.at } }
  }

  function begin(): Workbench {
    const now = engineNow()
    const start = startNow()
    return newWorkbench({
      handoffId: crypto.randomUUID(),
      period: { from: start.at, to: now },
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    })
  }

  /** A handoff that the engine has is written no more. */
  function settle(): void {
    const { workbench } = store.getState()
    if (workbench && mirror.getState().watch?.handoffs.has(workbench.handoffId)) {
      const { handoffId } = workbench
      put(null)
      store.setState(({ view }) => ({
        start: null,
        view: view.kind === 'draft' ? { kind: 'handoff', handoffId } : view,
      }))
    }
  }
  const isKept = (handoffId: string) =>
    offline.state
      .getState()
      .kept.some(({ name, input }) => name === 'handoff.send' && input.handoffId === handoffId)

  /** What was sent and is neither queued nor recorded was cancelled: it is a draft again. */
  function checkSent(): void {
    const isLost = () => {
      const { workbench } = store.getState()
      const { connection, watch } = mirror.getState()
      if (!workbench?.isSent || connection.phase !== 'open' || !watch) return false
      return !isKept(workbench.handoffId) && !watch.handoffs.has(workbench.handoffId)
    }
    if (!isLost()) return
    setTimeout(() => {
      const { workbench } = store.getState()
      if (workbench && isLost()) put({ ...workbench, isSent: false })
    }, SETTLED_MS)
  }
  mirror.subscribe((after, before) => {
    if (after.connection.phase !== before.connection.phase) checkSent()
  })
  offline.state.subscribe(({ kept: now }, { kept: before }) => {
    if (now !== before) checkSent()
  })
  mirror.subscribe((after, before) => {
    if (after.watch?.handoffs !== before.watch?.handoffs) settle()
  })
  offline.state.subscribe(({ areDraftsRead }, before) => {
    if (!areDraftsRead || before.areDraftsRead || store.getState().workbench) return
    store.setState({ workbench: recall() })
    settle()
  })
  store.setState({ workbench: recall() })

  return {
    store,
    show(view) {
      store.setState({ view })
    },
    async draft() {
      // What was written before must not be written over by a draft that is begun too soon.
      if (!offline.state.getState().areDraftsRead) return
      settle()
      const workbench = withBegin(store.getState().workbench ?? recall() ?? begin())
      if (store.getState().workbench !== workbench) put(workbench)
      if (workbench.isSent || mirror.getState().connection.phase !== 'open') return
      asked += 1
      const mine = asked
      const period = workbench.endsNow
        ? { from: workbench.period.from, to: engineNow() }
        : workbench.period
      store.setState({ drafting: 'asking' })
      const { zone, drills } = workbench
      const result = await client.request('handoff.draft', { ...period, zone, drills })
      const now = store.getState().workbench
      // Asked for again meanwhile, or another one is being written.
      if (mine !== asked || now?.handoffId !== workbench.handoffId) return
      if (!result.ok) {
        store.setState({ drafting: 'failed', problem: result.error })
        return
      }
      const { lines, unreadable, lag } = result.value
      put(withDraft(now, lines, period, engineNow()))
      const isBehind = lag.recorded - lag.read > BEHIND
      store.setState({
        drafting: 'idle',
        problem: null,
        unreadable,
        lag: isBehind ? lag : null,
      })
    },
    change(change) {
      const { workbench } = store.getState()
      if (workbench) put(change(workbench))
    },
    setPeriod(period, endsNow) {
      const { workbench } = store.getState()
      if (!workbench) return
      put({ ...workbench, period, endsNow, isBeginGiven: true })
      store.setState({ start: null })
    },
    startOver() {
      put(null)
      store.setState({ start: null, problem: null })
    },
  }
}

/** The model that the components below belong to. */
export const HandoffContext = createContext<HandoffModel | null>(null)

/** @throws outside its provider, which is a bug. */
export function useHandoffModel(): HandoffModel {
  const model = use(HandoffContext)
  if (!model) throw new Error('This component needs the model of handoffs around it')
  return model
}

/** Reads from what the place shows; renders again only when the selected value changes. */
export function useHandoff<Value>(select: (state: HandoffState) => Value): Value {
  return useStore(useHandoffModel().store, select)
}
