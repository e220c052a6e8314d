import { z } from 'zod'
import { placeSchema } from './rule.ts'

/** What an audit can find, each with what it means in general. */
export const findingCodes = {
  'invalid-playbook': 'The playbook has a mistake.',
  'invalid-rule': 'A rule cannot be read.',
  'no-plan': 'An alert has no response plan.',
  'plan-unsure':
    'Whether an alert has a response plan depends on labels that its rule does not set.',
  'no-owner': 'Nobody owns an alert.',
  'no-escalation': 'An alert has no escalation path.',
  'no-runbook': 'An alert has no runbook.',
  'broken-runbook': 'The runbook that an alert links to is not there.',
  'stale-runbook': 'The runbook that an alert links to has moved.',
  'unchecked-runbook': 'Nobody has checked whether a runbook is there.',
  'never-tested': 'Nothing is known of an alert ever having been tried.',
  'stale-test': 'An alert was last tried too long ago.',
  'cause-not-symptom': 'An alert fires at a cause, not at what users notice.',
  'not-actionable': 'An alert does not say what to do.',
  'threshold-without-reason': 'A threshold has no reason.',
  'no-summary': 'An alert has no summary.',
  'no-description': 'An alert has no description.',
  'no-dashboard': 'An alert leads to no dashboard.',
  'runbook-unread': 'A part of a runbook is invalid and is shown as text.',
  'runbook-no-steps': 'A runbook has no steps.',
  'runbook-no-resolution': 'A runbook does not say how to resolve it.',
  'runbook-no-end': 'A runbook does not say when it counts as fixed.',
  'runbook-no-escalation': 'A runbook does not say whom to escalate to.',
  'runbook-never-verified': 'A runbook does not say when it was last verified.',
  'runbook-not-verified-lately': 'A runbook was last verified too long ago.',
  'runbook-dead-link': 'A link of a runbook or of a plan leads to nothing.',
  'runbook-moved-link': 'A link of a runbook leads to a page that has moved.',
  'runbook-template': 'A template of a runbook is misspelt, so nothing is filled in.',
  'runbook-asks': 'A person has to fill in a value of a command.',
  'runbook-invalid-command': 'A command of a runbook is not valid shell.',
  'runbook-copy-only': 'A command of a runbook can only be copied.',
  'runbook-missing-program': 'A program of a runbook is not on this machine.',
  'runbook-risk': 'A command of a runbook does more than its author says.',
  'runbook-expect': 'An expectation of a runbook is invalid and is not checked.',
  'runbook-condition': 'A condition of a runbook cannot be judged.',
  'runbook-same-name': 'Two commands of a runbook have the same name.',
  'unknown-diagnostic': 'A plan names a diagnostic that its runbook does not have.',
  'diagnostic-not-run': 'A diagnostic of a plan cannot be run by itself.',
} as const

export type FindingCode = keyof typeof findingCodes
/** {@link FindingCode} as it is read. */
export const findingCodeSchema = z.enum(
  Object.keys(findingCodes) as [FindingCode, ...FindingCode[]],
)

/** error: something is broken. warning: something is missing. note: worth a look. */
export const findingSeveritySchema = z.enum(['error', 'warning', 'note'])
export type FindingSeverity = z.infer<typeof findingSeveritySchema>

/** How bad each is. */
export const findingSeverity: Readonly<Record<FindingCode, FindingSeverity>> = {
  'invalid-playbook': 'error',
  'invalid-rule': 'error',
  'no-plan': 'warning',
  'plan-unsure': 'note',
  'no-owner': 'warning',
  'no-escalation': 'warning',
  'no-runbook': 'warning',
  'broken-runbook': 'error',
  'stale-runbook': 'note',
  'unchecked-runbook': 'note',
  'never-tested': 'warning',
  'stale-test': 'warning',
  'cause-not-symptom': 'note',
  'not-actionable': 'warning',
  'threshold-without-reason': 'note',
  'no-summary': 'warning',
  'no-description': 'note',
  'no-dashboard': 'note',
  'runbook-unread': 'warning',
  'runbook-no-steps': 'warning',
  'runbook-no-resolution': 'warning',
  'runbook-no-end': 'note',
  'runbook-no-escalation': 'warning',
  'runbook-never-verified': 'warning',
  'runbook-not-verified-lately': 'warning',
  'runbook-dead-link': 'error',
  'runbook-moved-link': 'note',
  'runbook-template': 'error',
  'runbook-asks': 'note',
  'runbook-invalid-command': 'warning',
  'runbook-copy-only': 'note',
  'runbook-missing-program': 'note',
  'runbook-risk': 'warning',
  'runbook-expect': 'warning',
  'runbook-condition': 'note',
  'runbook-same-name': 'warning',
  'unknown-diagnostic': 'error',
  'diagnostic-not-run': 'warning',
}

/** One thing that is wrong, in words, with what to do about it. */
export const findingSchema = z.object({
  code: findingCodeSchema,
  severity: findingSeveritySchema,
  /** The alert that it is about; null for a file. */
  alert: z.string().nullable(),
  place: placeSchema.nullable(),
  message: z.string(),
  remedy: z.string(),
})
export type Finding = Readonly<z.infer<typeof findingSchema>>
