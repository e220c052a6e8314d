import type { CommandName, InputOf, Receipt } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { EngineClient } from '../bridge/engine-client.ts'
import { itemsOf, queueOf } from './derived.ts'
import type { MirrorReader } from './mirror-store.ts'
import { moveSelection, type Move, type Section } from './queue.ts'
import { idle, type Dialog, type UiStore, type Work } from './ui-store.ts'

interface ActionPorts {
  readonly client: EngineClient
  readonly mirror: Pick<MirrorReader, 'getState'>
  readonly ui: UiStore
}

/**
 * What a person can do on this screen. Commands do not change what is shown: they are pending until
 * the engine has recorded them, and its events then change the screen.
 */
export type Actions = ReturnType<typeof createActions>

/** Derives the actions from a client and the page's state. */
export function createActions({ client, mirror, ui }: ActionPorts) {
  const workOf = (incidentId: string): Work => ui.getState().work.get(incidentId) ?? idle
  const setWork = (incidentId: string, work: Work) => {
    const next = new Map(ui.getState().work)
    if (work.pending.size === 0 && work.refusal === null) next.delete(incidentId)
    else next.set(incidentId, work)
    ui.setState({ work: next })
  }

  const returnToQueue = () => {
    ui.setState(({ returns }) => ({ returns: returns + 1 }))
  }

  async function command<Name extends CommandName>(
    name: Name,
    input: InputOf<Name> & { readonly incidentId: string },
  ): Promise<Result<Receipt, ContractError> | null> {
    const { incidentId } = input
    const before = workOf(incidentId)
    // The same command once at a time for one incident: a second press must not queue up.
    if (before.pending.has(name)) return null
    setWork(incidentId, { pending: new Set(before.pending).add(name), refusal: null })
    const result: Result<Receipt, ContractError> = await client.request<CommandName>(name, input)
    const after = workOf(incidentId)
    const pending = new Set(after.pending)
    pending.delete(name)
    const refusal = result.ok ? after.refusal : { name, error: result.error }
    setWork(incidentId, { pending, refusal })
    // What had the focus, a line or a menu, may be gone with what was done.
    returnToQueue()
    return result
  }

  const setDraft = (incidentId: string, text: string) => {
    const drafts = new Map(ui.getState().drafts)
    if (text === '') drafts.delete(incidentId)
    else drafts.set(incidentId, text)
    ui.setState({ drafts })
  }

  return {
    select: (incidentId: string) => {
      ui.setState({ selectedId: incidentId, departed: null })
    },
    /** Moves the selection through what the queue shows; returns the incident it led to. */
    move: (move: Move): string | null => {
      const { watch } = mirror.getState()
      const { collapsed, selectedId } = ui.getState()
      if (!watch) return null
      const id = moveSelection(itemsOf(queueOf(watch.incidents), collapsed), selectedId, move)
      if (id === null) return null
      if (id !== selectedId) ui.setState({ selectedId: id, departed: null })
      ui.setState(({ moves }) => ({ moves: moves + 1 }))
      return id
    },
    /** Brings a focus that is nowhere back to the selected incident in the queue. */
    returnToQueue,
    toggleSection: (section: Section) => {
      const collapsed = new Set(ui.getState().collapsed)
      if (!collapsed.delete(section)) collapsed.add(section)
      ui.setState({ collapsed })
    },
    open: (dialog: Dialog) => {
      ui.setState({ dialog })
    },
    closeDialog: () => {
      ui.setState({ dialog: null })
    },
    acknowledge: (incidentId: string) => command('incident.acknowledge', { incidentId }),
    /** @param until ms since the epoch, UTC. */
    snooze: (incidentId: string, until: number) =>
      command('incident.snooze', { incidentId, until }),
    unsnooze: (incidentId: string) => command('incident.unsnooze', { incidentId }),
    close: (incidentId: string) => command('incident.close', { incidentId }),
    /** Asks first where alerts still fire: the engine knows, so the engine is asked. */
    resolve: async (incidentId: string, evenIfFiring = false) => {
      const result = await command('incident.resolve', { incidentId, evenIfFiring })
      if (result && !result.ok && result.error.code === 'alerts-still-firing') {
        setWork(incidentId, { ...workOf(incidentId), refusal: null })
        ui.setState({ dialog: { kind: 'resolve', incidentId, refusal: result.error } })
      }
    },
    setDraft,
    /** Records the draft as a note; it stays a draft when that fails. */
    sendNote: async (incidentId: string) => {
      const text = ui.getState().drafts.get(incidentId)?.trim() ?? ''
      if (text === '') return
      const result = await command('incident.note', { incidentId, text })
      // What was written on meanwhile is another note.
      const isAsSent = ui.getState().drafts.get(incidentId)?.trim() === text
      if (result?.ok && isAsSent) setDraft(incidentId, '')
    },
    dismissRefusal: (incidentId: string) => {
      setWork(incidentId, { ...workOf(incidentId), refusal: null })
    },
  }
}
