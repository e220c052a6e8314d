import { actorName } from '../../actor/name.ts'
import type { Actor } from '../../actor/schema.ts'
import { changeName } from '../../change/words.ts'
import type { HandoffLine } from '../../handoff/schema.ts'
import type { Matcher } from '../../matcher/matcher.ts'
import { formatMatchers } from '../../silence/matchers.ts'
import {
  countOf,
  lineOf,
  listed,
  quoted,
  type DraftContext,
  type SectionReader,
} from '../section.ts'

/** What ends later than this after the shift, ms, is no matter of the next one. */
export const SOON_MS = 24 * 3_600_000
/** Most things that are followed until they end. */
const MAX_FOLLOWED = 1_000

interface Ending {
  readonly id: string
  readonly text: string
  readonly until: number
  readonly events: readonly number[]
  readonly incidentId: string | null
  readonly contact: string | null
}

/** What ends within a day after the shift: silences, maintenance and snoozes, the first end first. */
export function readExpiring({ period, words, isLeftOut }: DraftContext): SectionReader {
  const endings = new Map<string, Ending>()
  const titles = new Map<string, { readonly text: string; readonly seq: number }>()

  function put(key: string, ending: Omit<Ending, 'id'>): void {
    endings.delete(key)
    if (endings.size < MAX_FOLLOWED) endings.set(key, { id: `expiring:${key}`, ...ending })
  }

  function silence(
    { silenceId, sourceId, matchers }: { silenceId: string; sourceId: string; matchers: Matcher[] },
    facts: {
      readonly until: number
      readonly seq: number
      readonly by: Actor
      readonly comment: string
    },
  ): void {
    const comment = facts.comment === '' ? '' : ` (“${quoted(facts.comment)}”)`
    put(`silence:${silenceId}`, {
      text: `Silence in ${quoted(sourceId, 80)}: ${quoted(formatMatchers(matchers))}${comment}`,
      until: facts.until,
      events: [facts.seq],
      incidentId: null,
      contact: facts.by.kind === 'person' ? quoted(actorName(facts.by)) : null,
    })
  }

  return {
    read({ body, seq, actor }) {
      switch (body.type) {
        case 'silence.created':
          silence(body, { until: body.until, seq, by: actor, comment: body.comment })
          break
        case 'silence.extended':
          if (body.replacedId !== undefined) endings.delete(`silence:${body.replacedId}`)
          silence(body, { until: body.until, seq, by: actor, comment: '' })
          break
        case 'silence.expired':
          endings.delete(`silence:${body.silenceId}`)
          break
        case 'change.recorded': {
          const { change } = body
          if (change.kind !== 'maintenance' || change.until === null) break
          if (change.happenedAt >= period.to) break
          put(`maintenance:${change.id}`, {
            text: `Maintenance: ${quoted(changeName(change))}`,
            until: change.until,
            events: [seq],
            incidentId: null,
            contact: change.by === null ? null : quoted(change.by, 80),
          })
          break
        }
        case 'incident.triggered':
        case 'incident.declared':
        case 'incident.retitled':
          if (titles.size < MAX_FOLLOWED || titles.has(body.incidentId)) {
            titles.set(body.incidentId, { text: body.title, seq })
          }
          break
        case 'incident.snoozed': {
          const title = titles.get(body.incidentId)
          if (!title || isLeftOut(body.incidentId)) break
          put(`snooze:${body.incidentId}`, {
            text: `Snooze of ${quoted(title.text)}`,
            until: body.until,
            events: [title.seq, seq],
            incidentId: body.incidentId,
            contact: actor.kind === 'person' ? quoted(actorName(actor)) : null,
          })
          break
        }
        case 'incident.snooze-ended':
        case 'incident.retriggered':
        case 'incident.resolved':
        case 'incident.merged':
          endings.delete(`snooze:${body.incidentId}`)
          break
        default:
          break
      }
    },
    lines() {
      const lines = [...endings.values()]
        .filter(({ until }) => until > period.to && until <= period.to + SOON_MS)
        .toSorted((a, b) => a.until - b.until)
        .map(({ until, text, ...facts }): HandoffLine =>
          lineOf('expiring', { ...facts, text: `${text}: ends ${words.time(until)}` }),
        )
      return listed('expiring', lines, (count) => `${countOf(count, 'more')} end within a day`)
    },
  }
}
