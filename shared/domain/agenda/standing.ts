import { compareSeverity } from '../severity/schema.ts'
import { byWhom, type IncidentFacts } from './incident-facts.ts'
import { quoted, roughly } from './line.ts'

/** Words, and the events that they are taken from. */
export interface Said {
  readonly text: string
  readonly events: readonly (number | null | undefined)[]
}

/** How an incident is called in a line. */
export function titleOf({ title }: IncidentFacts): string {
  return quoted(title.text)
}

/** The events that say what it is called, how bad it is and since when. */
export function knownBy({ opened, title, severity }: IncidentFacts): readonly number[] {
  return [opened.seq, title.seq, severity.seq]
}

/** How an incident stands at a time, ms since the epoch, UTC. */
export function standing(facts: IncidentFacts, to: number): Said {
  const { opened, acknowledged, mitigated, resolved, returned } = facts
  const events = [...knownBy(facts), returned?.seq]
  if (facts.isOver) {
    const after = roughly((resolved?.at ?? to) - opened.at)
    const whom = resolved ? byWhom(resolved) : ''
    return { text: `resolved${whom} after ${after}`, events: [...events, resolved?.seq] }
  }
  const open = `open for ${roughly(to - opened.at)}`
  if (mitigated) {
    return { text: `mitigated${byWhom(mitigated)}, ${open}`, events: [...events, mitigated.seq] }
  }
  if (acknowledged) {
    const text = `acknowledged${byWhom(acknowledged)}, ${open}`
    return { text, events: [...events, acknowledged.seq] }
  }
  return { text: `unacknowledged, ${open}`, events }
}

/** Who answers for an incident: its commander, else whoever acknowledged it; null for nobody. */
export function ownerOf({ commander, acknowledged }: IncidentFacts): Said | null {
  if (commander) return { text: commander.person.name, events: [commander.seq] }
  if (acknowledged?.by.kind !== 'person') return null
  return { text: acknowledged.by.name, events: [acknowledged.seq] }
}

/** The worst first, and of the same severity the oldest. */
export function byUrgency(a: IncidentFacts, b: IncidentFacts): number {
  return compareSeverity(a.severity.value, b.severity.value) || a.opened.seq - b.opened.seq
}
