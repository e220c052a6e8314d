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
