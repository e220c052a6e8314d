import { z } from 'zod'
import type { Matcher } from '../matcher/matcher.ts'

/** Most matchers of one silence. */
export const MAX_MATCHERS = 50
/** Longest text of all names and values of a silence's matchers, in UTF-16 units. */
export const MAX_MATCHERS_LENGTH = 16_000
/** Longest comment of a silence, in UTF-16 units. */
export const MAX_COMMENT_LENGTH = 1_000
/** Longest silence, ms: a year. What is to be quiet for longer is no alert. */
export const MAX_SILENCE_MS = 365 * 24 * 3_600_000
/** Most silences of one server that are listed; the rest are counted. */
export const MAX_LISTED_SILENCES = 200

/** A condition on one label, as Alertmanager's silences have it. A label that is absent counts as empty. */
export const silenceMatcherSchema = z.object({
  name: z.string().min(1),
  operator: z.enum(['=', '!=', '=~', '!~']),
  value: z.string(),
})

/** Conditions that must all hold. Bounded, as they come from a page. */
export const silenceMatchersSchema = z
  .array(silenceMatcherSchema)
  .min(1)
  .max(MAX_MATCHERS)
  .refine((matchers) => lengthOf(matchers) <= MAX_MATCHERS_LENGTH, {
    error: `the matchers may have ${String(MAX_MATCHERS_LENGTH)} characters in all, not more`,
  })

/** Identifies a silence at its server: a UUID, or whatever an implementation takes for one. */
export const silenceIdSchema = z.string().regex(/^[\w-]{1,128}$/)

/** A silence that holds or will hold, as its server lists it. Times in ms since the epoch, UTC. */
export const silenceSchema = z.object({
  id: z.string(),
  matchers: z.array(silenceMatcherSchema),
  startsAt: z.number(),
  endsAt: z.number(),
  createdBy: z.string(),
  comment: z.string(),
  /** pending: it begins later. What has expired is not listed. */
  state: z.enum(['active', 'pending']),
})
/** A silence that holds or will hold, as its server lists it. */
export type Silence = Readonly<z.infer<typeof silenceSchema>>

/** Alerts that a silence would hide although their source does not list them. */
export const unlistedSchema = z.object({
  alerts: z.number(),
  /** How many of them are P0. */
  p0: z.number(),
  /** The names of a few, the worst first. */
  names: z.array(z.string()),
})
/** Alerts that a silence would hide although their source does not list them. */
export type Unlisted = Readonly<z.infer<typeof unlistedSchema>>

/** A silence that is to be created. Times in ms since the epoch, UTC. */
export interface WantedSilence {
  readonly matchers: readonly Matcher[]
  readonly startsAt: number
  readonly endsAt: number
  /** The name of the person. */
  readonly createdBy: string
  readonly comment: string
}

function lengthOf(matchers: readonly Matcher[]): number {
  return matchers.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
}
