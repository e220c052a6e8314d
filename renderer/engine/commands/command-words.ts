import type { CommandName } from '#shared/contract/contract.ts'
import type { StepState } from '#shared/domain/response/schema.ts'
import { isWithdrawn } from '#shared/domain/impact/schema.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { KeptCommand, KeptName } from '../offline/kept-command.ts'
import { timeFormat } from '../../text/time.ts'

const local = timeFormat()

const done: Readonly<Record<CommandName, string>> = {
  'incident.acknowledge': 'Acknowledged',
  'incident.unacknowledge': 'Unacknowledged',
  'incident.snooze': 'Snoozed',
  'incident.unsnooze': 'Unsnoozed',
  'incident.note': 'Note added',
  'incident.mitigate': 'Mitigated',
  'incident.unmitigate': 'Not mitigated',
  'incident.set-severity': 'Severity set',
  'incident.judge': 'Verdict recorded',
  'incident.declare': 'Incident declared',
  'incident.restrict': 'Made confidential',
  'incident.unrestrict': 'No longer confidential',
  'incident.merge': 'Merged',
  'incident.split': 'Split off',
  'role.assign': 'Role assigned',
  'role.release': 'Role released',
  'hypothesis.open': 'Hypothesis added',
  'hypothesis.settle': 'Hypothesis updated',
  'decision.make': 'Decision recorded',
  'measure.take': 'Temporary measure recorded',
  'measure.remove': 'Temporary measure removed',
  'task.open': 'Task added',
  'task.change': 'Task changed',
  'task.end': 'Task ended',
  'approval.ask': 'Approval requested',
  'approval.answer': 'Approval answered',
  'update.write': 'Update written',
  'flow.mark': 'Checklist marked',
  'feedback.give': 'Thank you, recorded',
  'meeting.hold': 'Meeting recorded',
  'meeting.decide': 'Decision recorded',
  'meeting.follow-up': 'Decision followed up',
  'proposal.answer': 'Proposal answered',
  'incident.resolve': 'Resolved',
  'incident.reopen': 'Reopened',
  'incident.close': 'Closed',
  'entry.add': 'Entry added',
  'entry.correct': 'Entry corrected',
  'entry.star': 'Star changed',
  'image.add': 'Image added',
  'plan.step': 'Step marked',
  'plan.criterion': 'Condition marked',
  'walkthrough.step': 'Step marked',
  'walkthrough.answer': 'Answer recorded',
  'execution.start': 'Started',
  'execution.start-many': 'Started',
  'remediation.dismiss': 'Remediation dismissed',
  'remediation.re-arm': 'Remediation re-armed',
  'runbook.trust': 'Trusted',
  'impact.set': 'Impact set',
  'clock.meet': 'Recorded',
  'review.open': 'Review opened',
  'review.save': 'Review saved',
  'review.schedule': 'Review scheduled',
  'review.hold': 'Review held',
  'review.publish': 'Review published',
  'review.change-action': 'Action item changed',
  'quiet.start': 'Do not disturb is on',
  'quiet.end': 'Do not disturb is off',
  'focus.start': 'Focused here, other pages held',
  'focus.end': 'Focus ended',
  'handoff.send': 'Handoff sent',
  'handoff.accept': 'Handoff accepted',
  'handoff.open': 'Handoff opened',
  'handoff.answer': 'Answer saved',
  'handoff.withdraw': 'Handoff withdrawn',
  'handoff.receive': 'Handoff imported',
  'handoff.take-acceptance': 'Acceptance recorded',
  'silence.create': 'Silenced',
  'silence.extend': 'Silence extended',
  'silence.expire': 'Silence expired',
}

const steps: Readonly<Record<StepState, string>> = {
  open: 'Step open again',
  done: 'Step done',
  skipped: 'Step skipped',
  failed: 'Step failed',
}

const asked: Readonly<
  Record<
    Exclude<
      KeptName,
      'plan.step' | 'walkthrough.step' | 'impact.set' | 'clock.meet' | 'entry.star'
    >,
    string
  >
> = {
  'incident.acknowledge': 'Acknowledge',
  'incident.unacknowledge': 'Unacknowledge',
  'incident.snooze': 'Snooze',
  'incident.unsnooze': 'Unsnooze',
  'incident.note': 'Note',
  'incident.resolve': 'Resolve',
  'incident.reopen': 'Reopen',
  'incident.close': 'Close',
  'incident.mitigate': 'Mitigate',
  'incident.unmitigate': 'Not mitigated',
  'incident.set-severity': 'Set the severity',
  'incident.judge': 'Give a verdict',
  'role.assign': 'Assign a role',
  'role.release': 'Release a role',
  'hypothesis.open': 'Add a hypothesis',
  'hypothesis.settle': 'Update a hypothesis',
  'decision.make': 'Record a decision',
  'measure.take': 'Record a temporary measure',
  'measure.remove': 'Remove a temporary measure',
  'task.open': 'Add a task',
  'task.change': 'Change a task',
  'task.end': 'End a task',
  'approval.ask': 'Request an approval',
  'approval.answer': 'Answer an approval',
  'update.write': 'Write an update',
  'flow.mark': 'Mark the checklist',
  'feedback.give': 'Say whether the page was useful',
  'entry.add': 'Add an earlier entry',
  'entry.correct': 'Correct an entry',
  'review.open': 'Open the review',
  'review.save': 'Save the review',
  'review.schedule': 'Schedule the review',
  'review.hold': 'Mark the review as held',
  'review.change-action': 'Change an action item',
  'plan.criterion': 'Mark a condition',
  'walkthrough.answer': 'Answer a question of the runbook',
  'handoff.send': 'Hand over',
  'handoff.accept': 'Accept the handoff',
}

/**
 * What a kept command asks for, such as `Snooze until 04:10`, in the reader's zone.
 *
 * @param now ms since the epoch, UTC: on another day than this, the day is named.
 */
export function describeAsked({ name, input }: KeptCommand, now: number): string {
  if (name === 'plan.step' || name === 'walkthrough.step') {
    return input.state === 'open' && input.note !== null ? 'Note on a step' : steps[input.state]
  }
  if (name === 'entry.star') return input.isStarred ? 'Star an entry' : 'Remove a star'
  if (name === 'clock.meet') return input.kind === 'plan' ? 'Plan is made' : 'Escalated'
  if (name === 'impact.set') {
    return isWithdrawn(input) ? 'Use the measured impact again' : 'Set the impact'
  }
  return 'until' in input ? `${asked[name]} until ${local.minute(input.until, now)}` : asked[name]
}

/**
 * What to say when the engine has recorded what a person did.
 *
 * @param until the end of a snooze, ms since the epoch, UTC; said in the reader's zone.
 * @param now ms since the epoch, UTC: on another day than this, the day is named.
 * @param title of the incident; empty when it is not known.
 */
export function describeDone(
  name: CommandName,
  until: number | null,
  now: number,
  title: string,
): string {
  const end = until === null ? '' : ` until ${local.minute(until, now)}`
  return `${done[name]}${end}${title === '' ? '' : `: ${title}`}`
}

/** What to say when it was refused; what is done already, or may be, was not. */
export function describeRefusal({ code, message, hint }: ContractError): string {
  const refused = code === 'already-done' || code === 'outcome-unknown' ? '' : 'Refused: '
  return `${refused}${message}${hint === undefined ? '' : ` ${hint}`}`
}
