import { z } from 'zod'
import { defineEvent } from '../event/definition.ts'
import { flowSchema } from '../flow/schema.ts'
import { line, ofIncident, onIncident } from './event-parts.ts'
import { itemStateSchema, type ItemState } from './schema.ts'

const marked: Readonly<Record<ItemState, readonly [text: string, deed: string]>> = {
  open: ['Open again', 'reopened'],
  done: ['Done', 'did'],
  skipped: ['Skipped', 'skipped'],
}

/** How an incident is dealt with, by its severity. */
export const flowEvents = {
  /** The text of it is kept, so that a year later it is known what people had before them. */
  'flow.applied': defineEvent(z.object({ ...onIncident, flow: flowSchema }), {
    ...ofIncident,
    words: ({ flow }) => ({ kind: 'incident', text: `Flow: ${flow.title}` }),
  }),
  'flow.item-marked': defineEvent(
    z.object({ ...onIncident, item: z.string(), text: z.string(), state: itemStateSchema }),
    {
      ...ofIncident,
      words: ({ text, state }) => {
        const [said, deed] = marked[state]
        return line(`${said}: ${text}`, `${deed}: ${text}`)
      },
    },
  ),
}
