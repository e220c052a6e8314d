import type { Failure } from './failure.ts'

/**
 * True for a failure that is likely to be over soon. Any other one is the server's lasting answer to
 * this question: a path that it does not have, or that a proxy before it keeps for itself.
 */
export function isPassing({ problem: { code } }: Failure): boolean {
  return ['unreachable', 'timeout', 'rate-limited', 'server-error', 'internal'].includes(code)
}
