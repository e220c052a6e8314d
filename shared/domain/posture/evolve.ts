import type { Event, EventBody } from '../watch/event.ts'
import type { Posture } from './schema.ts'

type PostureBody = Extract<EventBody, { readonly type: `${'quiet' | 'focus'}.${string}` }>

/** How the watch is kept after an event. */
export function evolvePosture(
  posture: Posture,
  body: PostureBody,
  { at, actor }: Pick<Event, 'at' | 'actor'>,
): Posture {
  switch (body.type) {
    case 'quiet.started':
      return { ...posture, quiet: { at, until: body.until, by: actor } }
    case 'quiet.ended':
      return { ...posture, quiet: null }
    case 'focus.started':
      return { ...posture, focus: { at, incidentId: body.incidentId, by: actor } }
    case 'focus.ended':
      return { ...posture, focus: null }
  }
}
