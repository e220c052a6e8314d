/** Largest runbook that is kept or shown, in bytes of UTF-8. */
export const MAX_RUNBOOK_BYTES = 1024 * 1024
/** Most runbooks that are listed; the rest is counted. */
export const MAX_RUNBOOKS = 2_000
/** Longest address of a runbook, and longest path in the playbook, in UTF-16 units. */
export const MAX_RUNBOOK_ADDRESS = 2_000
/** Longest title that is shown, in UTF-16 units. */
export const MAX_RUNBOOK_TITLE = 200
