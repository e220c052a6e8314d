import { z } from 'zod'
import { durationText } from '../duration/duration.ts'
import { roleSchema } from '../role/role.ts'
import { severitySchema } from '../severity/schema.ts'
import { flowPhaseSchema, metByEventSchema } from './schema.ts'

/** Most flows of one playbook. */
const MAX_FLOWS = 20
/** Most lines of one checklist. */
const MAX_ITEMS = 50

const id = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'a name has small letters, digits and dashes, at most 64, and starts with a letter or a digit',
  )
const text = z.string().trim().min(1).max(300)

/** A line of a checklist: its words alone, or with what ticks it by itself. */
const item = z.union([
  text,
  z.strictObject({
    text,
    /** Names it for ever: without it, the words do, and a line with other words is another one. */
    id: id.optional(),
    met: metByEventSchema.optional(),
  }),
])

const phase = z.strictObject({ title: text.optional(), items: z.array(item).max(MAX_ITEMS) })

const flow = z.strictObject({
  title: text,
  /** The severities at which it holds; one flow for each severity at most. */
  severities: z.array(severitySchema).max(4),
  /** How often those who do not work on it are updated; left out: when there is something to say. */
  updateEvery: durationText(60_000, 7 * 24 * 3_600_000).optional(),
  /** The roles that it asks for, each with what whoever takes it has to do. */
  roles: z.partialRecord(roleSchema, z.array(text).max(MAX_ITEMS)).default({}),
  phases: z.partialRecord(flowPhaseSchema, phase),
})

/** `flows.yaml`: how incidents are dealt with, by severity. It stands in the place of the usual flows. */
export const flowsFileSchema = z
  .strictObject({ flows: z.record(id, flow) })
  .superRefine(({ flows }, context) => {
    const names = Object.keys(flows)
    if (names.length > MAX_FLOWS) {
      const message = `more than ${String(MAX_FLOWS)} flows`
      context.addIssue({ code: 'custom', path: ['flows'], message })
    }
    const taken = new Map<string, string>()
    for (const name of names) {
      for (const [index, severity] of (flows[name]?.severities ?? []).entries()) {
        const other = taken.get(severity)
        if (other === undefined) taken.set(severity, name)
        else {
          const message = `${severity} has the flow ${JSON.stringify(other)} already`
          const path = ['flows', name, 'severities', index]
          context.addIssue({ code: 'custom', path, message })
        }
      }
    }
  })

/** What `flows.yaml` says, read. */
export type FlowsFile = Readonly<z.output<typeof flowsFileSchema>>
