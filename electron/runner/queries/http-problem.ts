import type { Budget } from '#electron/http/budget.ts'
import type { Failure } from '#electron/http/failure.ts'
import type { SourceProblemCode } from '#shared/domain/source/schema.ts'
import { failed, late, type Found } from '../checks/found.ts'

/** Where the hint is about the place, and not about a source that is polled. */
const hinted: ReadonlySet<SourceProblemCode> = new Set(['unauthorised', 'tls', 'redirected'])

/** Why a place did not answer. */
export function httpProblem({ problem }: Failure, budget: Budget): Found {
  const { code, message, hint } = problem
  if (budget.isTimeOver()) return late(message)
  return failed(message, hinted.has(code) ? [hint] : [])
}
