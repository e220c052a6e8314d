import { isIncidentOpen } from '../incident/status.ts'
import { isReader } from '../actor/person.ts'
import type { Muting } from '../muting/schema.ts'
import type { Reader } from '../person/identity.ts'
import type { Incident, IncidentStatus } from '../incident/schema.ts'

/** Fewer characters of an id are no beginning that somebody means. */
const MIN_BEGINNING = 4

/** An incident as somebody chooses it. */
export interface IncidentOption {
  readonly incidentId: string
  readonly title: string
  readonly severity: Incident['severity']
  readonly status: IncidentStatus
  /** What the reader has to do with it; null where they have nothing to do with it yet. */
  readonly is: 'focused' | 'acknowledged' | null
}

/** Which incident is meant: one, one of several, or none, with the reason. */
export type IncidentChoice =
  | { readonly kind: 'one'; readonly option: IncidentOption }
  | { readonly kind: 'several'; readonly options: readonly IncidentOption[] }
  | { readonly kind: 'none'; readonly message: string; readonly hint: string }

interface Known {
  readonly incidents: Iterable<Incident>
  readonly muting: Muting
  readonly reader: Reader
}

/**
 * Which incident somebody means who is at work on one: the one that they name (by its id, the
 * beginning of it, or its link), else the one in focus, else the only one that they acknowledged,
 * else the only open one. Pure.
 */
export function chooseIncident(wanted: string | null, known: Known): IncidentChoice {
  const { muting, reader } = known
  const incidents = [...known.incidents]
  const toOption = (incident: Incident): IncidentOption => {
    const { acknowledged, id: incidentId, title, severity, status } = incident
    const isFocused = muting.focus?.incidentId === incidentId && isReader(muting.focus.by, reader)
    const isMine = status === 'acknowledged' && acknowledged && isReader(acknowledged.by, reader)
    const is = isFocused ? 'focused' : isMine ? 'acknowledged' : null
    return { incidentId, title, severity, status, is }
  }
  if (wanted !== null) return named(wanted, incidents, toOption)
  const open = incidents
    .filter(isIncidentOpen)
    .toSorted((a, b) => (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0))
    .map(toOption)
  const focused = open.filter(({ is }) => is === 'focused')
  const mine = open.filter(({ is }) => is !== null)
  for (const few of [focused, mine, open]) {
    const [first, second] = few
    if (first && !second) return { kind: 'one', option: first }
  }
  if (open.length > 0) {
    return { kind: 'several', options: [...mine, ...open.filter(({ is }) => is === null)] }
  }
  return {
    kind: 'none',
    message: 'No incident is open.',
    hint: 'Name a resolved one with --incident ID, or run the command without deckwatch.',
  }
}

function named(
  wanted: string,
  incidents: readonly Incident[],
  toOption: (incident: Incident) => IncidentOption,
): IncidentChoice {
  const id = wanted.replace(/^deckwatch:\/\/incident\//, '')
  const exact = incidents.find((incident) => incident.id === id)
  const begun = id.length < MIN_BEGINNING ? [] : incidents.filter((each) => each.id.startsWith(id))
  const found = exact ? [exact] : begun
  const [first, second] = found
  if (second) return { kind: 'several', options: found.map(toOption) }
  if (first && first.status !== 'closed') return { kind: 'one', option: toOption(first) }
  return {
    kind: 'none',
    message: first
      ? `The incident ${JSON.stringify(first.title)} is closed.`
      : `There is no incident ${JSON.stringify(id)}.`,
    hint: 'deckwatch run --incident takes the id of an incident, or the beginning of it.',
  }
}
