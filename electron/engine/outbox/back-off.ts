const STEPS_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const
/** The longest wait between two attempts, ms. */
export const MAX_WAIT_MS = 60_000
/** Attempts after which a delivery is given up: about an hour. The incident is then paged again. */
export const MAX_ATTEMPTS = 64

/** How long to wait after so many failed attempts, ms. */
export function waitAfter(attempts: number): number {
  return STEPS_MS[attempts - 1] ?? MAX_WAIT_MS
}
