import type {
  ContractError,
  FileChange,
  PlaybookCheck,
  PlaybookFacts,
  PlaybookOrigin,
  PlaybookStatus,
  PlaybookText,
  SettingsOutcome,
} from '#shared/contract/index.ts'
import type { Result } from '#shared/domain/result/result.ts'

/** The playbook as people look at it and change it from the cockpit. Paths are relative to it. */
export interface PlaybookPort {
  /** What every cockpit always knows. */
  status(): PlaybookStatus
  read(): Promise<PlaybookFacts>
  text(path: string): Promise<Result<PlaybookText, ContractError>>
  /** What a text would be as that file, after these changes of it; nothing is written. */
  check(
    path: string,
    text: string,
    changes: readonly FileChange[],
  ): Promise<Result<PlaybookCheck, ContractError>>
  /** Writes a file if it still has this version; settles once it is in effect, or cannot be. */
  save(path: string, version: string, text: string): Promise<SettingsOutcome>
  /** Looks at the repository of a Git playbook now, for as long as the signal lets it. */
  pull(
    followRewritten: boolean,
    signal: AbortSignal,
  ): Promise<Result<PlaybookOrigin, ContractError>>
}
