import type { EngineStatus } from '#shared/contract/messages.ts'
import { isWorse, severityWord } from '#shared/domain/severity/schema.ts'
import { countUnrecorded } from '#shared/domain/unrecorded/schema.ts'
import { unrecordedMeaning, unrecordedTitle } from '#shared/domain/unrecorded/words.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Connection } from '../bridge/engine-client.ts'
import { growthCount } from '#shared/domain/incident/growth-words.ts'
import { isInformational, type Incident } from '#shared/domain/incident/schema.ts'
import { plural } from '../../text/plural.ts'

/** Something to say to who cannot see the screen. `assertive` interrupts. */
export interface Announcement {
  readonly politeness: 'polite' | 'assertive'
  readonly text: string
}

/**
 * What to say of new events: triggered incidents, the worst by name, however many there
 * are. Null when none does.
 */
export function describeEvents(events: readonly Event[], watch: WatchState): Announcement | null {
  const ids = new Set<string>()
  for (const { body } of events) {
    if (body.type === 'incident.triggered' || body.type === 'incident.retriggered') {
      ids.add(body.incidentId)
    }
  }
  const incidents = [...ids]
    .map((id) => watch.incidents.get(id))
    .filter((incident) => incident !== undefined)
    .filter((incident) => incident.status === 'triggered' && !isInformational(incident))
  const worst = incidents.reduce<Incident | null>(
    (found, incident) => (found && !isWorse(incident.severity, found.severity) ? found : incident),
    null,
  )
  if (!worst) return null
  const name = `${worst.severity} ${severityWord[worst.severity]}: ${worst.title}`
  return {
    politeness: isWorse(worst.severity, 'P2') ? 'assertive' : 'polite',
    text:
      incidents.length === 1
        ? `${whatOf(worst)}: ${name}`
        : `${plural(incidents.length, 'new incident')}, worst ${name}`,
  }
}

function whatOf({ asksAgain }: Incident): string {
  if (!asksAgain) return 'New incident'
  const { growth } = asksAgain
  return growth ? `Triggered again, ${growthCount(growth)}` : 'Triggered again'
}

/** What to say when more alerts than before could not be recorded. Null when not. */
export function describeUnrecorded(
  before: EngineStatus | null,
  after: EngineStatus | null,
): Announcement | null {
  const known = before?.unrecorded ? countUnrecorded(before.unrecorded) : 0
  const unrecorded = after?.unrecorded
  const [worst] = unrecorded?.alerts ?? []
  if (!unrecorded || !worst || countUnrecorded(unrecorded) <= known) return null
  const name = `${worst.severity} ${severityWord[worst.severity]}: ${worst.title}`
  return {
    politeness: 'assertive',
    text: `${unrecordedTitle(unrecorded)}. Worst: ${name}. ${unrecordedMeaning(unrecorded)}`,
  }
}

/** What to say when the engine is lost or came back. Null for changes nobody needs to hear of. */
export function describeConnection(before: Connection, after: Connection): Announcement | null {
  if (after.phase === 'lost' && before.phase !== 'lost') {
    const { refusal } = after
    if (typeof refusal === 'object') {
      return {
        politeness: 'assertive',
        text: `Deckwatch cannot open its journal. No source is polled and no page is sent. ${refusal.message} ${refusal.hint} The data shown is no longer current. Actions are queued until the journal is open.`,
      }
    }
    return {
      politeness: 'assertive',
      text: 'Connection to Deckwatch lost. While it is not running, no source is polled and no page is sent. The data shown is no longer current. Actions are queued until it returns.',
    }
  }
  if (after.phase === 'open' && before.phase === 'lost') {
    return { politeness: 'assertive', text: 'Deckwatch is back. The data shown is current.' }
  }
  return null
}
