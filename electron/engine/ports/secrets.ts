import type { Result } from '#shared/domain/result/result.ts'

/** Why a secret could not be kept or read, and what to do about it. Never holds the secret. */
export interface SecretProblem {
  readonly message: string
  readonly hint: string
}

/** Keeps secrets that a person typed in. Values never leave the engine again. */
export interface SecretStore {
  /** The operating system's keychain, or files that only this account can read. */
  readonly kind: 'keychain' | 'file'
  /** Whether secrets can be kept now. */
  check(): Promise<Result<void, SecretProblem>>
  read(name: string): Promise<Result<string, SecretProblem>>
  /**
   * Keeps the value, in place of an earlier one of this name.
   *
   * @param origin the only server that it may be sent to when a cockpit asks: scheme, host and port.
   */
  write(name: string, value: string, origin: string): Promise<Result<void, SecretProblem>>
  /** The server that a kept secret was entered for; null when that is not known. */
  storedFor(name: string): Promise<string | null>
  /** Forgets it; one that is not there is no problem. */
  remove(name: string): Promise<Result<void, SecretProblem>>
}
