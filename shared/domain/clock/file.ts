import { z } from 'zod'
import { calendarIdSchema } from '../calendar/file.ts'
import { presets } from './clock-set.ts'
import { targetText } from './target.ts'

/** Most sets of one playbook. */
const MAX_SETS = 100

const setName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'a name has small letters, digits and dashes, at most 64, and starts with a letter or a digit',
  )

const targets = z.strictObject({
  acknowledge: targetText.optional(),
  respond: targetText.optional(),
  plan: targetText.optional(),
  escalate: targetText.optional(),
})

const clockSet = z.strictObject({
  /** What holds at each severity that does not say otherwise. */
  every: targets.optional(),
  P0: targets.optional(),
  P1: targets.optional(),
  P2: targets.optional(),
  P3: targets.optional(),
})

/** `clocks.yaml`: which response times hold. */
export const clocksFileSchema = z
  .strictObject({
    /** The set that holds where a plan says nothing; without it only plans have clocks. */
    use: setName.optional(),
    /** The calendar that is meant by business hours. */
    calendar: calendarIdSchema.optional(),
    /** The calendar that is meant by duty hours; without it every hour is. */
    duty: calendarIdSchema.optional(),
    sets: z.record(setName, clockSet).default({}),
  })
  .superRefine(({ use, sets }, context) => {
    const own = Object.keys(sets)
    const known = [...presets.keys(), ...own]
    if (own.length > MAX_SETS) {
      const message = `more than ${String(MAX_SETS)} sets`
      context.addIssue({ code: 'custom', path: ['sets'], message })
    }
    for (const name of own.filter((each) => presets.has(each))) {
      const message = `is the name of a set that ships with Deckwatch: take another one`
      context.addIssue({ code: 'custom', path: ['sets', name], message })
    }
    if (use !== undefined && !known.includes(use)) {
      const message = `there is no set ${JSON.stringify(use)}; known are ${known.join(', ')}`
      context.addIssue({ code: 'custom', path: ['use'], message })
    }
  })

/** What `clocks.yaml` says, read. */
export type ClocksFile = Readonly<z.output<typeof clocksFileSchema>>
