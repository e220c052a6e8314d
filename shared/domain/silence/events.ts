import { z } from 'zod'
import {
  defineEvent,
  type BodyOf,
  type EventLinks,
  type TimelineWords,
} from '../event/definition.ts'
import type { Matcher } from '../matcher/matcher.ts'
import { formatMatchers } from './matchers.ts'
import { silenceMatcherSchema } from './schema.ts'

/** Most incidents on whose timelines one silence stands. */
export const MAX_SILENCED_INCIDENTS = 200

const silenceSubject = {
  /** As its server names it. */
  silenceId: z.string(),
  /** The source at whose server it is. */
  sourceId: z.string(),
  matchers: z.array(silenceMatcherSchema),
  /** The incidents of the alerts that it hid at that moment. */
  incidentIds: z.array(z.string()),
}

type SilenceSubject = Readonly<{ silenceId: string; incidentIds: string[] }>

/** What a person does at a server holds for everybody who sees its alerts. */
const ofSilence = {
  scope: 'shared',
  subject: ({ silenceId }: SilenceSubject) => silenceId,
  incident: () => null,
  links: ({ incidentIds }: SilenceSubject): EventLinks => ({
    kind: 'listed',
    incidentIds,
    isForSubject: false,
  }),
} as const

const line = (text: string, deed: string, detail: string, until?: number): TimelineWords => ({
  kind: 'incident',
  text,
  deed,
  detail,
  ...(until === undefined ? {} : { until }),
})

const where = ({ sourceId, matchers }: Readonly<{ sourceId: string; matchers: Matcher[] }>) =>
  `in ${sourceId}: ${formatMatchers(matchers)}`

/** What people do with silences. */
export const silenceEvents = {
  'silence.created': defineEvent(
    z.object({ ...silenceSubject, comment: z.string(), until: z.number() }),
    {
      ...ofSilence,
      words: ({ until, comment, ...body }) =>
        line('Silenced until', 'silenced until', `${where(body)} (“${comment}”)`, until),
    },
  ),
  'silence.extended': defineEvent(
    z.object({
      ...silenceSubject,
      until: z.number(),
      /** Its id before, where the server has put a new silence in its place. */
      replacedId: z.string().optional(),
    }),
    {
      ...ofSilence,
      words: ({ until, ...body }) =>
        line('Silence extended until', 'extended the silence until', where(body), until),
    },
  ),
  'silence.expired': defineEvent(z.object(silenceSubject), {
    ...ofSilence,
    words: (body) => line('Silence expired', 'expired the silence', where(body)),
  }),
}

/** What is recorded of silences. */
export type SilenceBody = BodyOf<typeof silenceEvents>
