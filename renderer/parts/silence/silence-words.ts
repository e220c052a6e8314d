import { severities } from '#shared/domain/severity/schema.ts'
import type { SilencePreview } from '#shared/domain/silence/preview.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import type { SilenceWarning } from '#shared/domain/silence/warnings.ts'
import { formatUntil } from '../../text/age.ts'
import { plural } from '../../text/plural.ts'
import { timeFormat } from '../../text/time.ts'

const local = timeFormat()

/** `Hides 3 alerts of 2 incidents: 1 P0, 2 P2`. */
export function describePreview({ hidden, bySeverity, incidentIds }: SilencePreview): string {
  if (hidden.length === 0) return 'Hides no alert that is firing now'
  const parts = severities
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${String(bySeverity[severity])} ${severity}`)
  return `Hides ${plural(hidden.length, 'alert')} of ${plural(incidentIds.length, 'incident')}: ${parts.join(', ')}`
}

/**
 * A warning as a sentence or two: what is the matter, what to do about it.
 *
 * @param now ms since the epoch, UTC.
 */
export function describeWarning(warning: SilenceWarning, now: number): string {
  switch (warning.code) {
    case 'hides-p0':
      return `${plural(warning.alerts, 'P0 alert')} hidden. No page for ${warning.alerts === 1 ? 'it' : 'them'} until the silence ends.`
    case 'hides-everything':
      return `Hides every alert that is firing there, ${plural(warning.alerts, 'alert')} in all. Add a matcher.`
    case 'hides-others':
      return `Also hides ${plural(warning.alerts, 'alert')} that you did not select, of ${plural(warning.incidents, 'incident')}. Add a matcher to leave them out.`
    case 'hides-unlisted': {
      const { alerts, p0, names } = warning.unlisted
      const worst = p0 > 0 ? `, ${String(p0)} of them P0` : ''
      return `Also hides ${plural(alerts, 'alert')} that the source leaves out by its filter or receiver${worst}: ${names.join(', ')}.`
    }
    case 'unlisted-unknown':
      return 'The source lists only a part of the alerts there, and what else this hides could not be checked.'
    case 'hides-nothing':
      return 'Matches nothing that is firing now. Check names and values.'
    case 'misses-selected':
      return `${plural(warning.alerts, 'selected alert')} not hidden: the matchers do not match ${warning.alerts === 1 ? 'it' : 'them'}.`
    case 'long':
      return 'Longer than 24 hours. The next person on call may not know of it.'
    case 'duplicate':
      return `Already silenced ${describeSilence(warning.silence, now)}. A second silence is not needed.`
    case 'existing-ends-soon':
      return `Already silenced ${describeSilence(warning.silence, now)}, which ends in ${formatUntil(warning.silence.endsAt - now)}. Extend it instead of creating a second one.`
  }
}

/** `by Ada until 12:00`. */
export function describeSilence({ createdBy, endsAt }: Silence, now: number): string {
  const by = createdBy === '' ? '' : `by ${createdBy} `
  return `${by}until ${local.minute(endsAt, now)}`
}

/** A time in the reader's zone for a sentence. Both in ms since the epoch, UTC. */
export function describeTime(at: number, now: number): string {
  return local.minute(at, now)
}
