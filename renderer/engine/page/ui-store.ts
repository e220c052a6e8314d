import type { CommandName } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { collapsibleSections, type Section } from '../watch/queue.ts'

/** The screens, in the order of their keys 1, 2, 3. */
export const screens = ['now', 'alerts', 'settings'] as const
export type Screen = (typeof screens)[number]

/** What lies over the screen: one thing or nothing. */
export type Dialog =
  | { readonly kind: 'why'; readonly incidentId: string; readonly alertKey?: string }
  | { readonly kind: 'resolve'; readonly incidentId: string; readonly refusal: ContractError }
  | { readonly kind: 'snooze'; readonly incidentId: string }
  | { readonly kind: 'source'; readonly sourceId: string }
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' }

/** What is under way, or went wrong last, with one incident. */
export interface Work {
  readonly pending: ReadonlySet<CommandName>
  readonly refusal: { readonly name: CommandName; readonly error: ContractError } | null
}

export const idle: Work = { pending: new Set(), refusal: null }

/** Asks for a form in which a source can be added: another object each time. */
export interface AddSourceRequest {
  readonly kind: 'add-source'
}

/** What belongs to this page alone and is gone with it. */
export interface Ui {
  readonly screen: Screen
  readonly selectedId: string | null
  /** The selected incident as it was last known, once the engine has let go of it. */
  readonly departed: Incident | null
  /** The selected incident, once it has left "Needs you": the next move starts where it was. */
  readonly leftWaiting: string | null
  /**
   * How many selections there had been when Deckwatch itself closed the selected incident: as long as
   * there is no other one, nobody wants to see it. Null while it did not.
   */
  readonly endedAt: number | null
  /** Counts the selections by a person: after one, a small window shows what was selected. */
  readonly selections: number
  /** Counts the moves by keyboard: after one, the list scrolls and the focus follows. */
  readonly moves: number
  /** Counts what ended elsewhere: after one, a focus that is nowhere returns to the queue. */
  readonly returns: number
  /** Counts the calls for the queue: after one, it is in view and has the focus. */
  readonly visits: number
  /** Asked for a form in which a source can be added, last. */
  readonly addSourceRequest: AddSourceRequest | null
  readonly dialog: Dialog | null
  readonly collapsed: ReadonlySet<Section>
  /** Notes that are being written, by incident id. */
  readonly drafts: ReadonlyMap<string, string>
  /** By incident id. */
  readonly work: ReadonlyMap<string, Work>
  /** Why the last command about the watch as a whole was refused; null when it was not. */
  readonly watchRefusal: ContractError | null
  /** Why a message of the engine could not be read; null while all could. */
  readonly unreadable: string | null
}

export type UiStore = StoreApi<Ui>

/** A fresh page: nothing selected, what is put away is collapsed. */
export function createUiStore(): UiStore {
  return createStore<Ui>(() => ({
    screen: 'now',
    selectedId: null,
    departed: null,
    leftWaiting: null,
    endedAt: null,
    selections: 0,
    moves: 0,
    returns: 0,
    visits: 0,
    addSourceRequest: null,
    dialog: null,
    collapsed: collapsibleSections,
    drafts: new Map(),
    work: new Map(),
    watchRefusal: null,
    unreadable: null,
  }))
}
