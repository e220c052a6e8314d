import { severityWord } from '#shared/domain/severity/schema.ts'
import { endedIn, worstOf, type BulkAction, type BulkPlan, type BulkProgress } from './bulk.ts'
import { formatCount, plural } from '../../text/plural.ts'

const verbs: Readonly<Record<BulkAction, { readonly plan: string; readonly past: string }>> = {
  acknowledge: { plan: 'Acknowledge', past: 'Acknowledged' },
  snooze: { plan: 'Snooze', past: 'Snoozed' },
  unacknowledge: { plan: 'Unacknowledge', past: 'Unacknowledged' },
  unsnooze: { plan: 'Unsnooze', past: 'Unsnoozed' },
}

/** `Acknowledge 12 incidents (of 40 alerts)`: on what an action acts, before it does. */
export function describePlan({ action, incidents, alerts }: BulkPlan): string {
  return `${verbs[action].plan} ${plural(incidents.length, 'incident')} (of ${plural(alerts, 'alert')})`
}

/** That it reaches more than what was selected; empty when it does not. */
export function describeOthers({ incidents, others }: BulkPlan): string {
  if (others === 0) return ''
  return incidents.length === 1
    ? `This incident also has ${plural(others, 'other alert')}.`
    : `These incidents also have ${plural(others, 'other alert')}.`
}

/** `30 incidents, worst P0 critical`: what a question is about. */
export function describeReach(plan: Pick<BulkPlan, 'incidents'>): string {
  const worst = worstOf(plan)
  const many = plural(plan.incidents.length, 'incident')
  if (worst === null) return many
  const severity = `${worst} ${severityWord[worst]}`
  return plan.incidents.length === 1 ? `${many}: ${severity}` : `${many}, worst ${severity}`
}

/** `7 of 12`. */
export function describeProgress({ incidents }: BulkPlan, progress: BulkProgress): string {
  return `${formatCount(endedIn(progress))} of ${formatCount(incidents.length)}`
}

/** How it ended, in a sentence for each outcome. */
export function describeEnd(plan: BulkPlan, progress: BulkProgress): string {
  const { action, incidents } = plan
  const { done, kept, failures } = progress
  if (plan.forbidden !== undefined) return plan.forbidden
  const left = incidents.length - endedIn(progress)
  const sentences = [
    done > 0 ? `${verbs[action].past} ${plural(done, 'incident')}.` : '',
    kept > 0 ? `${plural(kept, 'command')} queued until Deckwatch returns.` : '',
    failures.length > 0 ? `${plural(failures.length, 'command')} refused.` : '',
    left > 0 ? `Stopped: ${plural(left, 'incident')} unchanged.` : '',
    incidents.length === 0 ? `Nothing to ${verbs[action].plan.toLowerCase()}.` : '',
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}
