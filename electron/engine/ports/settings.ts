import type {
  ConnectionReport,
  Settings,
  SettingsChange,
  SettingsOutcome,
} from '#shared/contract/index.ts'
import type { SourceTexts } from '#shared/domain/source-kind/texts.ts'
import type { SecretStore } from './secrets.ts'

/** The configuration as a person edits it from the cockpit, and the secrets that it names. */
export interface SettingsPort {
  /** What the file says now. */
  read(): Promise<Settings>
  /** Changes the file if it still has this version; settles once the change is in effect, or cannot be. */
  write(version: string, change: SettingsChange): Promise<SettingsOutcome>
  /** Tries a source that is not configured; nothing of it is kept. */
  tryOut(source: SourceTexts, signal: AbortSignal): Promise<ConnectionReport>
  /** Forgets a kept secret that no source names, in the file or in effect; true when it did. */
  forgetSecret(name: string): Promise<boolean>
  readonly secrets: SecretStore
}
