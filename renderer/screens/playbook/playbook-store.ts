import type { ContractError } from '#shared/contract/errors.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { FileValue, PlaybookFacts } from '#shared/contract/playbook.ts'
import type { AuditState } from './playbook-audit.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** A place in the text that is edited, from 1; another object each time that it is gone to. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** What became of saving. */
export type SaveResult =
  /** `isInForce`: false where the file says it, but the engine does not go by it. */
  | { readonly kind: 'saved'; readonly isInForce: boolean }
  /** `isOutrun`: the file was another one by then. */
  | {
      readonly kind: 'refused'
      readonly message: string
      readonly hint: string
      readonly isOutrun: boolean
    }

/** One file that is open, with what is written in it here. */
export interface Editor {
  readonly path: string
  /** Identifies the text that was read. */
  readonly version: string
  /** The text that was read; empty for a file that is not there yet. */
  readonly saved: string
  readonly text: string
  readonly isNew: boolean
  readonly isEditable: boolean
  /** What is wrong in the text that was checked last. */
  readonly problems: readonly ConfigProblem[]
  /** What that text holds, for the form; null while it is no YAML, or was not checked. */
  readonly value: FileValue
  /** True while the text is another one than the one that was checked. */
  readonly isChecking: boolean
  readonly isSaving: boolean
  /** What came of saving this text last; null once it was changed. */
  readonly result: SaveResult | null
  /** The file as it is on the disk now, where somebody else has changed it meanwhile. */
  readonly onDisk: { readonly text: string; readonly version: string } | null
  /** Why a change by the form could not be made. */
  readonly formRefusal: string | null
  readonly goTo: TextPlace | null
}

/** The playbook as this page knows it. */
export interface PlaybookState {
  readonly facts: PlaybookFacts | null
  /** Why it could not be read last. */
  readonly unread: ContractError | null
  readonly editor: Editor | null
  /** Files that were left with something not saved in them, by path. */
  readonly kept: ReadonlyMap<string, Editor>
  /** A person has asked for a file, or for a place in one: another object each time. */
  readonly asked: object | null
  /** Why a file could not be opened. */
  readonly unopened: ContractError | null
  /** The audit that is shown in place of a file; null while none is. */
  readonly audit: AuditState | null
}

export type PlaybookStore = StoreApi<PlaybookState>

/** Nothing read, nothing open. */
export function createPlaybookStore(): PlaybookStore {
  return createStore<PlaybookState>(() => ({
    facts: null,
    unread: null,
    editor: null,
    kept: new Map(),
    asked: null,
    unopened: null,
    audit: null,
  }))
}

/** True where something would be lost by leaving. */
export function isDirty(editor: Editor | null): boolean {
  return editor !== null && editor.text !== editor.saved
}

/** The paths of all files in which something is not saved, the open one among them. */
export function unsavedPaths({
  editor,
  kept,
}: Pick<PlaybookState, 'editor' | 'kept'>): readonly string[] {
  const open = editor && isDirty(editor) ? [editor.path] : []
  return [...new Set([...open, ...kept.keys()])]
}
