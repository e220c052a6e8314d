import { z } from 'zod'
import { defineEvent, RECIPIENT, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { plainText } from '../plan/plain-text.ts'
import { groupEvents } from './group-events.ts'
import { groupSchema, reasonSchema, requestSchema, resultSchema } from './schema.ts'
import { cancelledWords, factWords, onTarget, resultWords, shownInLine } from './words.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId
const executionIdOf = ({ executionId }: { readonly executionId: string }) => executionId

const ofExecution = { scope: 'shared', subject: executionIdOf, incident: incidentIdOf } as const

/** What is run for incidents. The output is kept beside the journal and is in none of them. */
export const executionEvents = {
  'execution.requested': defineEvent(requestSchema, {
    ...ofExecution,
    words: ({ title, shown, risk, targets, commit, reason, group }): TimelineWords | null => {
      // Of what runs by itself the result is news, not that it was begun.
      if (reason === 'automatic' || (reason === 'remediation' && risk === 'read')) return null
      // Of a terminal too: it is told in one line, with how it ended.
      if (reason === 'terminal') return null
      // Of those that run together the group says it.
      if (group && group.batch !== null) return null
      const what = `${onTarget(group)}${shownInLine(shown)} (${factWords({ risk, targets, commit })})`
      const step = plainText(title)
      return {
        kind: 'incident',
        text: `Run for “${step}”: ${what}`,
        deed: `ran for “${step}”: ${what}`,
      }
    },
  }),
  'execution.started': defineEvent(z.object({ executionId: z.string(), incidentId: z.string() }), {
    ...ofExecution,
    words: () => null,
  }),
  'execution.finished': defineEvent(
    z.object({
      executionId: z.string(),
      incidentId: z.string(),
      title: z.string(),
      reason: reasonSchema,
      group: groupSchema.optional(),
      ...resultSchema.shape,
    }),
    {
      ...ofExecution,
      words: (body): TimelineWords | null => {
        // What did not run by itself is in the evidence, with why: nothing happened.
        if (
          body.reason !== 'person' &&
          body.reason !== 'terminal' &&
          body.outcome.kind === 'not-started'
        )
          return null
        const { title, group, outcome } = body
        if (body.reason === 'terminal') {
          // A command, which is no Markdown.
          const text = `${title}: ${resultWords(body)}`
          return {
            kind: 'incident',
            text: `In a terminal: ${text}`,
            deed: `ran in a terminal: ${text}`,
          }
        }
        if (group && group.batch !== null) return null
        if (outcome.kind === 'cancelled' && outcome.by?.kind === 'person') {
          const words = cancelledWords({ ...body, title: plainText(title) })
          return { kind: 'incident', text: `${RECIPIENT} ${words}`, recipient: outcome.by.id }
        }
        return {
          kind: 'incident',
          text: `${plainText(title)}: ${onTarget(group)}${resultWords(body)}`,
        }
      },
    },
  ),
  ...groupEvents,
}

/** What is recorded of what is run. */
export type ExecutionBody = BodyOf<typeof executionEvents>
