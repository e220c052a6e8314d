import type { ExecutionResult } from '#shared/domain/execution/schema.ts'

/** What nobody knows the end of. */
export const lost: ExecutionResult = {
  outcome: { kind: 'lost' },
  verdict: 'failed',
  summary: '',
  durationMs: 0,
  output: { bytes: 0, lines: 0, isCut: false },
  captured: null,
}
