import type { ContractError } from '#shared/contract/index.ts'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import type { RunbookSetting } from '#shared/domain/runbook/setting.ts'
import type { Result } from '#shared/domain/result/result.ts'

/** What a library has. */
export interface RunbookList {
  readonly revision: number
  /** By id. */
  readonly entries: readonly RunbookEntry[]
  readonly more: number
}

/** Runbooks as texts: those of the playbook, and pages that are fetched and kept. Nothing here throws. */
export interface RunbookLibrary {
  /**
   * Begins to fetch what links lead to.
   *
   * @param changed called with each new revision.
   */
  start(changed: (revision: number) => void): void
  /** Another number each time the list would be another one, also after a restart. */
  revision(): number
  list(): RunbookList
  read(
    id: string,
  ): Promise<Result<{ readonly entry: RunbookEntry; readonly text: string }, ContractError>>
  /** Asks for a page now, for as long as the signal lets it: a person wants it. */
  fetch(id: string, signal: AbortSignal): Promise<Result<RunbookEntry, ContractError>>
  /** The ids that active alerts and plans lead to, in place of those before. Returns at once. */
  linked(ids: ReadonlySet<string>): void
  /** The setting, or files of the playbook, may be others now. */
  configure(setting: RunbookSetting): void
  /** Ends what is under way. */
  close(): Promise<void>
}
