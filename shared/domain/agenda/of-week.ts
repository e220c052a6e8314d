import type { AgendaFacts, AgendaQuestion, Counted } from './facts.ts'
import type { IncidentFacts, Recorded } from './incident-facts.ts'

/** What the alerts of one name did in a week. */
export interface AlertOfWeek {
  readonly name: string
  readonly fired: Counted
  /** The incidents that opened in the week and had such an alert. */
  readonly incidents: readonly IncidentFacts[]
  /** Those of them that somebody has judged, and those that were false alarms. */
  readonly judged: readonly IncidentFacts[]
  readonly wrong: readonly IncidentFacts[]
}

/** Whether an incident opened in the week that is looked at. */
export function isInWeek({ opened }: IncidentFacts, { window }: AgendaQuestion): boolean {
  return opened.at >= window.weekAgo && opened.at < window.at
}

/** The alerts of a week by name, in the order in which they fired first. */
export function alertsOfWeek(
  incidents: readonly IncidentFacts[],
  { names }: Pick<AgendaFacts, 'names'>,
): readonly AlertOfWeek[] {
  return names
    .filter(({ week }) => week.count > 0)
    .map(({ name, week }) => {
      const own = incidents.filter(({ alerts }) => alerts.has(name))
      const judged = own.filter(({ verdict }) => verdict !== null)
      const wrong = judged.filter(({ verdict }) => verdict?.verdict === 'false-alarm')
      return { name, fired: week, incidents: own, judged, wrong }
    })
}

/** What was recorded first; undefined where nothing was. */
export function firstOfAll(...all: readonly (Recorded | undefined)[]): Recorded | undefined {
  return all
    .filter((each) => each !== undefined)
    .toSorted((a, b) => a.seq - b.seq)
    .at(0)
}
