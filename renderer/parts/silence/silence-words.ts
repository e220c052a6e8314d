import { alertObject } from '#shared/domain/alert/object.ts'
import { alertName } from '#shared/domain/alert/schema.ts'
import { severities, type Severity } from '#shared/domain/severity/schema.ts'
import type { Expiry } from '#shared/domain/silence/expiry.ts'
import type { SilencePreview } from '#shared/domain/silence/preview.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import type { SilenceWarning } from '#shared/domain/silence/warnings.ts'
import { formatUntil } from '../../text/age.ts'
import { plural } from '../../text/plural.ts'
import { timeFormat } from '../../text/time.ts'

const local = timeFormat()

/** Receivers that are named; the rest are counted. */
const MAX_RECEIVERS = 3

/**
 * `Hides 3 alerts of 2 incidents: 1 P0, 2 P2`, and where some of them are hidden already, how many
 * that leaves: `2 now, 1 already silenced`.
 */
export function describePreview(preview: SilencePreview): string {
  const { hidden, bySeverity, incidentIds, alreadySilenced } = preview
  if (hidden.length === 0) return 'Hides no alert that is firing now'
  const parts = severities
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${String(bySeverity[severity])} ${severity}`)
  const what = `Hides ${plural(hidden.length, 'alert')} of ${plural(incidentIds.length, 'incident')}: ${parts.join(', ')}`
  if (alreadySilenced === 0) return what
  const fresh = hidden.length - alreadySilenced
  return fresh === 0
    ? `${what}. All already silenced`
    : `${what}. ${String(fresh)} now, ${String(alreadySilenced)} already silenced`
}

/** What expiring a silence does, in sentences: `3 alerts fire again: 1 P0, 2 P2. It may page you.` */
export function describeExpiry(
  { alerts, bySeverity, worst, receivers }: Expiry,
  { place, notifies }: { readonly place: string; readonly notifies: readonly Severity[] },
): string {
  if (alerts === 0) return 'No alert fires again now.'
  const parts = severities
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${String(bySeverity[severity])} ${severity}`)
  const again = `${plural(alerts, 'alert')} ${alerts === 1 ? 'fires' : 'fire'} again: ${parts.join(', ')}.`
  const pages = notifies.some((severity) => bySeverity[severity] > 0)
    ? ` Deckwatch may page you${worst === null ? '' : ` (${worst})`}.`
    : ''
  const named = receivers.slice(0, MAX_RECEIVERS).join(', ')
  const more = receivers.length - MAX_RECEIVERS
  const others =
    receivers.length === 0
      ? ''
      : ` ${place} may notify ${named}${more > 0 ? ` and ${String(more)} more` : ''}.`
  return `${again}${pages}${others}`
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
      return `Also hides ${plural(warning.alerts, 'alert')} that you did not select, of ${plural(warning.incidents, 'incident')}: ${namesOf(warning)}. Add a matcher to leave ${warning.alerts === 1 ? 'it' : 'them'} out.`
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

/** `KubeJobFailed shop/report-2, … and 3 more`. */
function namesOf({
  alerts,
  named,
}: Extract<SilenceWarning, { readonly code: 'hides-others' }>): string {
  const names = named.map(({ labels }) => {
    const object = alertObject(labels)
    return object === null ? alertName(labels) : `${alertName(labels)} ${object}`
  })
  const more = alerts - named.length
  return more > 0 ? `${names.join(', ')} and ${String(more)} more` : names.join(', ')
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
