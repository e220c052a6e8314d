import { z } from 'zod'
import {
  defineEvent,
  type BodyOf,
  type EventLinks,
  type TimelineWords,
} from '../event/definition.ts'
import { changeSchema, surroundingsSchema } from './schema.ts'
import { betweenWords, changeName, changeNouns } from './words.ts'

/** Most changes that one line of a timeline names. */
const MAX_NAMED = 3

/** What people change, and what of it was near the start of an incident. */
export const changeEvents = {
  /** A change, with the open incidents that it concerns: it came while they were dealt with. */
  'change.recorded': defineEvent(
    z.object({ change: changeSchema, incidentIds: z.array(z.string()) }),
    {
      scope: 'shared',
      subject: ({ change }) => change.id,
      incident: () => null,
      links: ({ incidentIds }): EventLinks => ({
        kind: 'listed',
        incidentIds,
        isForSubject: false,
      }),
      words: ({ change }): TimelineWords => ({
        kind: 'incident',
        text: `${changeNouns[change.kind]}: ${changeName(change)}${change.by === null ? '' : `, by ${change.by}`}`,
      }),
    },
  ),
  /** What lies around a new incident, and what had changed there before it started. */
  'change.related': defineEvent(
    surroundingsSchema.extend({
      /** The nearest first. */
      changes: z.array(z.object({ change: changeSchema, beforeMs: z.number() })),
    }),
    {
      scope: 'shared',
      subject: ({ incidentId }) => incidentId,
      incident: ({ incidentId }) => incidentId,
      words({ changes }): TimelineWords | null {
        if (changes.length === 0) return null
        const named = changes
          .slice(0, MAX_NAMED)
          .map(({ change, beforeMs }) => `${changeName(change)} (${betweenWords(beforeMs)})`)
        const more = changes.length - named.length
        const rest = more > 0 ? `, and ${String(more)} more` : ''
        return { kind: 'incident', text: `Changed near the start: ${named.join(', ')}${rest}` }
      },
    },
  ),
}

/** What is recorded of changes. */
export type ChangeBody = BodyOf<typeof changeEvents>
