import type { z } from 'zod'
import { changesOperations } from './operations/changes.ts'
import { auditOperations } from './operations/audit.ts'
import { channelOperations } from './operations/channel.ts'
import { chartOperations } from './operations/chart.ts'
import { clockOperations } from './operations/clock.ts'
import { coordinationOperations } from './operations/coordination.ts'
import { confidentialOperations } from './operations/confidential.ts'
import { drillOperations } from './operations/drill.ts'
import { entryOperations } from './operations/entry.ts'
import { evidenceOperations } from './operations/evidence.ts'
import { executionOperations } from './operations/execution.ts'
import { feedbackOperations } from './operations/feedback.ts'
import { manyTargetsOperations } from './operations/many-targets.ts'
import { handoffOperations } from './operations/handoff.ts'
import { historyOperations } from './operations/history.ts'
import { knowledgeOperations } from './operations/knowledge.ts'
import { impactOperations } from './operations/impact.ts'
import { incidentOperations } from './operations/incident.ts'
import { meetingOperations } from './operations/meeting.ts'
import type { Operations } from './operations/operation.ts'
import { mutingOperations } from './operations/muting.ts'
import { planOperations } from './operations/plan.ts'
import { playbookOperations } from './operations/playbook.ts'
import { remediationOperations } from './operations/remediation.ts'
import { reviewOperations } from './operations/review.ts'
import { runbookOperations } from './operations/runbook.ts'
import { silenceOperations } from './operations/silence.ts'
import { settingsOperations } from './operations/settings.ts'
import { sourceOperations } from './operations/source.ts'
import { walkthroughOperations } from './operations/walkthrough.ts'

/**
 * The one map of what the cockpit may ask of the engine, by concept: what each does, what it needs,
 * and for a command what becomes of it while the engine is out of reach. The dispatcher, the client,
 * the checks of rights and what the cockpit keeps are derived from it, so that nothing is written twice.
 */
export const contract = {
  ...incidentOperations,
  ...coordinationOperations,
  ...feedbackOperations,
  ...confidentialOperations,
  ...entryOperations,
  ...meetingOperations,
  ...planOperations,
  ...clockOperations,
  ...playbookOperations,
  ...runbookOperations,
  ...walkthroughOperations,
  ...executionOperations,
  ...manyTargetsOperations,
  ...evidenceOperations,
  ...remediationOperations,
  ...reviewOperations,
  ...impactOperations,
  ...chartOperations,
  ...auditOperations,
  ...historyOperations,
  ...handoffOperations,
  ...knowledgeOperations,
  ...mutingOperations,
  ...silenceOperations,
  ...sourceOperations,
  ...channelOperations,
  ...changesOperations,
  ...settingsOperations,
  ...drillOperations,
} as const satisfies Operations

export type Contract = typeof contract
export type OperationName = keyof Contract
export type CommandName = {
  [Name in OperationName]: Contract[Name]['kind'] extends 'command' ? Name : never
}[OperationName]
/** The commands that the cockpit keeps while the engine is out of reach. */
export type KeptCommandName = {
  [Name in CommandName]: Contract[Name]['offline'] extends 'keep' ? Name : never
}[CommandName]
/** What a caller passes: defaults may be left out. */
export type InputOf<Name extends OperationName> = z.input<Contract[Name]['input']>
/** What a handler gets: parsed, defaults filled in. */
export type ParsedInputOf<Name extends OperationName> = z.output<Contract[Name]['input']>
export type OutputOf<Name extends OperationName> = z.output<Contract[Name]['output']>

/** True for a name that the contract knows. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(contract, name)
}

/** True for a command that the cockpit keeps while the engine is out of reach. */
export function isKeptCommandName(name: OperationName): name is KeptCommandName {
  const operation: Operations[string] = contract[name]
  return operation.kind === 'command' && operation.offline === 'keep'
}
