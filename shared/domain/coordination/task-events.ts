import { z } from 'zod'
import { defineEvent, type TimelineWords } from '../event/definition.ts'
import { personSchema, type Person } from '../person/schema.ts'
import { because } from '../text/because.ts'
import { line, ofIncident, onIncident } from './event-parts.ts'
import { approvalAnswerSchema, taskOutcomeSchema, type TaskOutcome } from './schema.ts'

const onTask = { ...onIncident, taskId: z.string(), text: z.string() }

const planned = { owner: personSchema.nullable(), dueAt: z.number().nullable() }

const ended: Readonly<Record<TaskOutcome, readonly [text: string, deed: string]>> = {
  done: ['Task done', 'did the task'],
  dropped: ['Task dropped', 'dropped the task'],
}

/** Adds who is to do a task, and by when. */
function withPlan(
  words: TimelineWords,
  { owner, dueAt }: { readonly owner: Person | null; readonly dueAt: number | null },
): TimelineWords {
  const of = owner === null ? '' : `, for ${owner.name}`
  const due = dueAt === null ? '' : ', due'
  return {
    ...words,
    text: `${words.text}${of}${due}`,
    deed: `${words.deed ?? words.text}${of}${due}`,
    ...(dueAt === null ? {} : { until: dueAt }),
  }
}

/** What is to be done, and what needs somebody's approval. */
export const taskEvents = {
  'task.opened': defineEvent(
    z.object({
      ...onTask,
      ...planned,
      /** The event of the timeline that it was made of, by its number; null for none. */
      entry: z.number().nullable(),
    }),
    {
      ...ofIncident,
      words: (body) => withPlan(line(`Task: ${body.text}`, `added a task: ${body.text}`), body),
    },
  ),
  'task.changed': defineEvent(z.object({ ...onTask, ...planned }), {
    ...ofIncident,
    words: (body) =>
      withPlan(line(`Task changed: ${body.text}`, `changed the task: ${body.text}`), body),
  }),
  'task.ended': defineEvent(
    z.object({ ...onTask, outcome: taskOutcomeSchema, note: z.string().nullable() }),
    {
      ...ofIncident,
      words: ({ text, outcome, note }) => {
        const [said, deed] = ended[outcome]
        return line(`${said}: ${text}${because(note)}`, `${deed}: ${text}${because(note)}`)
      },
    },
  ),
  'approval.asked': defineEvent(
    z.object({ ...onIncident, approvalId: z.string(), text: z.string(), of: personSchema }),
    {
      ...ofIncident,
      words: ({ text, of }) =>
        line(`Approval of ${of.name} needed: ${text}`, `needs the approval of ${of.name}: ${text}`),
    },
  ),
  'approval.answered': defineEvent(
    z.object({
      ...onIncident,
      approvalId: z.string(),
      text: z.string(),
      answer: approvalAnswerSchema,
      reason: z.string().nullable(),
    }),
    {
      ...ofIncident,
      words: ({ text, answer, reason }) =>
        answer === 'given'
          ? line(`Approved: ${text}${because(reason)}`, `approved: ${text}${because(reason)}`)
          : line(
              `Not approved: ${text}${because(reason)}`,
              `did not approve: ${text}${because(reason)}`,
            ),
    },
  ),
}
