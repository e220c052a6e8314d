import { hastyNow } from './hasty-clock.ts'
import type { Report, Request } from './messages.ts'

/** Commands in flight at any time, as from a cockpit where somebody is quick. */
const IN_FLIGHT = 4

/** One command and what became of it. */
export interface Command {
  readonly request: Request
  /** The number in the receipt, once there was one. */
  readonly seq: number
}

/**
 * The person at the cockpit: sends commands without a pause and writes down each receipt. What was
 * not answered when the engine died is sent again under the same id, as the cockpit does.
 */
export interface Commander {
  readonly acknowledged: readonly Command[]
  /** Commands that were sent to more than one engine process. */
  readonly repeated: () => number
  heard(report: Report): void
  /** A new engine process is there; `send` reaches it. */
  connect(send: (request: Request) => void): void
}

/** @param name makes the ids of this commander's commands its own. */
export function createCommander(name: string, random: () => number): Commander {
  const incidentIds: string[] = []
  const acknowledged: Command[] = []
  const waiting = new Map<string, Request>()
  let send: ((request: Request) => void) | null = null
  let count = 0
  let repeated = 0

  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)]
    if (item === undefined) throw new Error('Nothing to pick from')
    return item
  }

  const invent = (): Request => {
    count += 1
    const id = `${name}-command-${String(count)}`
    const incidentId = pick(incidentIds)
    const chance = random()
    if (chance < 0.6) return { id, name: 'incident.note', input: { incidentId, text: id } }
    if (chance < 0.75) return { id, name: 'incident.acknowledge', input: { incidentId } }
    if (chance < 0.85) {
      return {
        id,
        name: 'incident.snooze',
        input: { incidentId, until: Math.round(hastyNow()) + 60_000 },
      }
    }
    if (chance < 0.92) return { id, name: 'incident.unsnooze', input: { incidentId } }
    return { id, name: 'incident.resolve', input: { incidentId, evenIfFiring: true } }
  }

  const fill = () => {
    while (send && incidentIds.length > 0 && waiting.size < IN_FLIGHT) {
      const request = invent()
      waiting.set(request.id, request)
      send(request)
    }
  }

  return {
    acknowledged,
    repeated: () => repeated,
    heard(report) {
      if (report.type === 'ready') incidentIds.splice(0, Infinity, ...report.incidentIds)
      if (report.type === 'incident' && !incidentIds.includes(report.id))
        incidentIds.push(report.id)
      if (report.type === 'answer') {
        const request = waiting.get(report.id)
        waiting.delete(report.id)
        if (request && report.seq !== null) acknowledged.push({ request, seq: report.seq })
      }
      fill()
    },
    connect(next) {
      send = next
      for (const request of waiting.values()) {
        repeated += 1
        next(request)
      }
    },
  }
}
