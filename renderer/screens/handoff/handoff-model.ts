import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ContractError } from '#shared/contract/errors.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { shiftStart, type ShiftStart } from '#shared/domain/handoff/shift.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { unopenedFor } from './unopened.ts'
import { takenBack } from './taken-back.ts'
import { hasOwnWords, newWorkbench, readWorkbench, withDraft, type Workbench } from './workbench.ts'

/** What was answered is in the watch within this, ms. */
const SETTLED_MS = 3_000
/** History that is fewer events behind than this has nothing of a shift to catch up on. */
const BEHIND = 1_000

/** The name under which the handoff that is being written is kept among what is being written. */
export const HANDOFF_DRAFT = 'handoff'

/** The name under which what was written is kept once it was sent: of the last one, to be taken back. */
export const HANDOFF_SENT = 'handoff-sent'

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
  /** Said of a handoff that was given as a file: how the file is called, and that it is to be sent. */
  readonly saved: { readonly handoffId: string; readonly text: string } | null
  /** Said after an own handoff was withdrawn: when, and whether its text is the draft again. */
  readonly withdrawn: { readonly at: number; readonly isDraft: boolean } | null
}

/** The place *Handoff*: what it shows, and what can be done there. */
export interface HandoffModel {
  readonly store: StoreApi<HandoffState>
  show(view: HandoffView): void
  /** Shows what waits for whoever comes here and was not opened yet, where there is such a handoff. */
  arrive(): void
  /** Begins the draft where there is none, and asks the engine what the shift's events say. */
  draft(): Promise<void>
  /** Changes what is being written; it is kept at once. */
  change(change: (workbench: Workbench) => Workbench): void
  /** Says of what the handoff is: from when to when, and whether of the drill alone. */
  setShift(shift: Pick<Workbench, 'period' | 'endsNow' | 'drills'>): void
  /** Shows the draft after an own handoff was withdrawn: its text, where nothing else was begun. */
  takeBack(document: HandoffDocument): void
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
    saved: null,
    withdrawn: null,
  }))
  let asked = 0

  const kept = () => ui.getState().drafts.get(HANDOFF_DRAFT)

  /** What was being written before this page, once that is known; or what was sent last. */
  function recall(name = HANDOFF_DRAFT): Workbench | null {
    const text = ui.getState().drafts.get(name)
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

  function me() {
    const { status } = mirror.getState()
    return { id: status?.you.id ?? offline.person, owner: status?.owner ?? offline.person }
  }

  function startNow(): ShiftStart {
    return shiftStart(mirror.getState().watch?.handoffs.values() ?? [], me(), engineNow())
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
      const drafts = new Map(ui.getState().drafts)
      ui.setState({ drafts: drafts.set(HANDOFF_SENT, JSON.stringify(workbench)) })
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
      store.setState({ view, withdrawn: null })
    },
    arrive() {
      const { watch, connection } = mirror.getState()
      // Its text is asked of the engine: without it, the own draft is of more use.
      if (connection.phase !== 'open') return
      const waits = unopenedFor(watch?.handoffs.values() ?? [], me())
      if (!waits) return
      const { handoffId } = waits
      store.setState({ view: { kind: 'handoff', handoffId }, withdrawn: null })
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
    setShift(shift) {
      const { workbench } = store.getState()
      if (!workbench) return
      // Lines of real incidents are never in practice, nor the other way round.
      const isOther = shift.drills !== workbench.drills
      const lines = isOther ? { drafted: [], draftedAt: null } : {}
      put({ ...workbench, ...shift, ...lines, isBeginGiven: true })
      store.setState({ start: null })
    },
    takeBack(document) {
      const { workbench } = store.getState()
      const isDraft = !workbench || (!workbench.isSent && !hasOwnWords(workbench))
      if (isDraft) put(takenBack(document, recall(HANDOFF_SENT), crypto.randomUUID()))
      store.setState({
        view: { kind: 'draft' },
        start: null,
        withdrawn: { at: engineNow(), isDraft },
      })
    },
    startOver() {
      put(null)
      store.setState({ start: null, problem: null, withdrawn: null })
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
