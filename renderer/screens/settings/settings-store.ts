import type { ConnectionReport } from '#shared/contract/operations/source.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { SecretStatus, Settings, SettingsOutcome } from '#shared/contract/settings.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Drafts, PartName } from './settings-drafts.ts'

/** The parts of the settings screen, in their order. */
export const settingsSections = [
  'sources',
  'severities',
  'grouping',
  'notifications',
  'incoming',
  'appearance',
  'about',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** How each section is called. */
export const sectionTitle: Readonly<Record<SettingsSection, string>> = {
  sources: 'Sources',
  severities: 'Severities',
  grouping: 'Grouping',
  notifications: 'Notifications',
  incoming: 'Changes and jobs',
  appearance: 'Appearance',
  about: 'About',
}

/** Why something was not saved. */
export type Refusal =
  | Extract<SettingsOutcome, { outcome: 'refused' }>
  | { readonly reason: 'failed'; readonly error: ContractError; readonly field?: string }

/** What a trial of an unsaved source found. */
export type Trial =
  | { readonly kind: 'running' }
  | { readonly kind: 'report'; readonly report: ConnectionReport }
  | { readonly kind: 'failed'; readonly error: ContractError }

/** Asks for the form of a source, the one that is edited or null for a new one: another object each time. */
export interface FormRequest {
  readonly editing: string | null
  /** The key of the field that it is about; the address where it is left out. */
  readonly field?: string
}

/** The settings screen as far as it is this page's own. */
export interface SettingsState {
  readonly section: SettingsSection
  /** Null before the first answer. */
  readonly file: Settings | null
  readonly secrets: SecretStatus | null
  /** Why the settings could not be read. */
  readonly unread: ContractError | null
  readonly drafts: Drafts
  readonly saving: ReadonlySet<PartName | 'remove'>
  readonly refusals: Readonly<Partial<Record<PartName | 'remove', Refusal>>>
  /** What was saved last, and the words for it; shown until the next change. */
  readonly saved: { readonly part: PartName | 'remove'; readonly text: string } | null
  readonly trial: Trial | null
  /** True while it is asked whether a source that failed its test is meant to be saved. */
  readonly isDoubted: boolean
  /** Asked for the form of a source, last: it begins anew, with the focus in it. */
  readonly formRequest: FormRequest | null
}

export type SettingsStore = StoreApi<SettingsState>

/** Nothing read, nothing changed. */
export function createSettingsStore(): SettingsStore {
  return createStore<SettingsState>(() => ({
    section: 'sources',
    file: null,
    secrets: null,
    unread: null,
    drafts: {},
    saving: new Set(),
    refusals: {},
    saved: null,
    trial: null,
    isDoubted: false,
    formRequest: null,
  }))
}
