import { codesOf } from '#shared/domain/runbook/codes.ts'
import type { ExecutionRequest } from '#shared/domain/execution/schema.ts'
import type { PreparedWork } from './prepare.ts'

/** Longest name of what is run, in UTF-16 units. */
const MAX_TITLE = 500

/** What is recorded of something that is to be run. */
export function executionRequest(
  { prepared, text, step, code }: PreparedWork,
  about: Pick<ExecutionRequest, 'executionId' | 'incidentId' | 'reason'>,
): ExecutionRequest {
  const { name, expect, capture } = code.attributes
  const { kind, shown, risk, targets, timeoutMs } = prepared
  return {
    ...about,
    runbook: text.id,
    hash: text.hash,
    commit: text.commit,
    step: step.id,
    place: codesOf(step).indexOf(code),
    title: (name ?? step.title).slice(0, MAX_TITLE),
    kind,
    shown,
    risk,
    targets,
    timeoutMs,
    expect,
    capture,
  }
}
