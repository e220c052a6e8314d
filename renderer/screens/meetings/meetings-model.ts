import { createStore, type StoreApi } from 'zustand/vanilla'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { MeetingKind } from '#shared/domain/meeting/schema.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'

/** An agenda as the engine answered it. */
export type Agenda = OutputOf<'meeting.agenda'>
/** When the team meets, as the engine answered it. */
export type TeamRhythm = OutputOf<'meeting.rhythm'>

/** After a change of what is watched the agenda is read again this much later, ms. */
const CHANGED_MS = 1_000
/** The rhythm is a file of the playbook: it is asked for again this often, ms. */
const RHYTHM_MS = 300_000

/** What stands on the screen of meetings. */
export interface MeetingsState {
  readonly kind: MeetingKind
  /** The last agenda of each kind that was read: what was read stays while the engine is away. */
  readonly agendas: ReadonlyMap<MeetingKind, Agenda & { readonly loadedAt: number }>
  readonly isLoading: boolean
  readonly error: ContractError | null
  /** Null before the first answer. */
  readonly rhythm: TeamRhythm | null
  /** Meetings whose notice was dismissed on this page, by id. */
  readonly dismissed: ReadonlySet<string>
}

/** The meetings of the team as a screen shows them. */
export interface MeetingsModel {
  readonly store: StoreApi<MeetingsState>
  /** Keeps the rhythm as it is, until the returned function is called. */
  follow(): () => void
  /** Reads the agenda, and again when something changes, until the returned function is called. */
  attach(): () => void
  show(kind: MeetingKind): void
  reload(): void
  dismiss(meetingId: string): void
}

type Ports = Pick<Cockpit, 'client' | 'mirror' | 'engineNow'> & {
  readonly after: (ms: number, callback: () => void) => () => void
}

/** Makes the model; nothing is asked before it is followed or attached. */
export function createMeetingsModel({ client, mirror, engineNow, after }: Ports): MeetingsModel {
  const store = createStore<MeetingsState>(() => ({
    kind: 'morning',
    agendas: new Map(),
    isLoading: false,
    error: null,
    rhythm: null,
    dismissed: new Set(),
  }))
  /** The latest question: what an earlier one brings is not looked at. */
  let asked = 0
  let cancelTimer: (() => void) | null = null
  const isOpen = () => mirror.getState().connection.phase === 'open'

  async function load(): Promise<void> {
    if (!isOpen()) return
    asked += 1
    const question = asked
    const { kind } = store.getState()
    store.setState({ isLoading: true })
    const result = await client.request('meeting.agenda', { kind })
    if (question !== asked) return
    store.setState({ isLoading: false })
    if (!result.ok) {
      // A lost engine is said by itself; what was read stays.
      if (result.error.code !== 'engine-unreachable') store.setState({ error: result.error })
      return
    }
    const agendas = new Map(store.getState().agendas)
    agendas.set(kind, { ...result.value, loadedAt: engineNow() })
    store.setState({ agendas, error: null })
    if (result.value.lag.read < result.value.lag.recorded) later()
  }

  function later(): void {
    cancelTimer ??= after(CHANGED_MS, () => {
      cancelTimer = null
      void load()
    })
  }

  async function loadRhythm(): Promise<void> {
    if (!isOpen()) return
    const result = await client.request('meeting.rhythm', {})
    if (result.ok) store.setState({ rhythm: result.value })
  }

  return {
    store,
    follow() {
      let cancel: () => void = () => undefined
      const again = () => {
        void loadRhythm()
        cancel = after(RHYTHM_MS, again)
      }
      again()
      const stop = mirror.subscribe((now, before) => {
        const isBack = now.connection.phase === 'open' && before.connection.phase !== 'open'
        if (isBack) void loadRhythm()
      })
      return () => {
        cancel()
        stop()
      }
    },
    attach() {
      void load()
      const stop = mirror.subscribe((now, before) => {
        const isBack = now.connection.phase === 'open' && before.connection.phase !== 'open'
        if (isBack) void load()
        // One reading for all that changes in a second.
        else if (now.watch?.seq !== before.watch?.seq) later()
      })
      return () => {
        cancelTimer?.()
        cancelTimer = null
        stop()
      }
    },
    show(kind) {
      if (store.getState().kind === kind) return
      store.setState({ kind, error: null })
      void load()
    },
    reload: () => void load(),
    dismiss(meetingId) {
      store.setState({ dismissed: new Set(store.getState().dismissed).add(meetingId) })
    },
  }
}
