import { z } from 'zod'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'

const incidentSubject = { incidentId: z.string() }

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

/** What a person mutes is muted on the machine that they sit at. */
const ofQuiet = {
  scope: 'this-machine',
  subject: () => 'watch',
  incident: () => null,
  words: () => null,
} as const
const ofFocus = { scope: 'this-machine', subject: incidentIdOf, incident: incidentIdOf } as const

const line = (text: string, deed?: string): TimelineWords => ({
  kind: 'incident',
  text,
  ...(deed === undefined ? {} : { deed }),
})

/** What can happen to how the watch is kept. */
export const mutingEvents = {
  'quiet.started': defineEvent(z.object({ until: z.number() }), ofQuiet),
  'quiet.ended': defineEvent(z.object({ reason: z.enum(['time', 'person']) }), ofQuiet),
  'focus.started': defineEvent(z.object({ ...incidentSubject }), {
    ...ofFocus,
    words: () => line('Focus started; other pages held', 'focused here; other pages held'),
  }),
  'focus.ended': defineEvent(
    z.object({ ...incidentSubject, reason: z.enum(['person', 'over', 'time']) }),
    {
      ...ofFocus,
      words: ({ reason }) =>
        reason === 'time' ? line('Focus ended after 4 hours') : line('Focus ended', 'ended focus'),
    },
  ),
}

/** What is recorded of how the watch is kept. */
export type MutingBody = BodyOf<typeof mutingEvents>
