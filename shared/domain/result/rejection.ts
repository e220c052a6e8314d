/** Why a command is refused: a stable code, and what the person can do instead. */
export interface CommandRejection {
  readonly code:
    | 'not-found'
    | 'already-done'
    | 'not-allowed-now'
    | 'alerts-still-firing'
    | 'needs-confirmation'
    | 'invalid-input'
  readonly message: string
  readonly hint?: string
}
