/**
 * Hands the signals that this program is sent on to another one, and ends by none of them.
 *
 * @returns what ends that.
 */
export function passSignals(send: (signal: NodeJS.Signals) => void): () => void

/** Ends this program as the other one ended: by its code, or by its signal. */
export function endLike(code: number | null, signal: NodeJS.Signals | null): void
