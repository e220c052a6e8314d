import { z } from 'zod'
import { notificationTextsSchema } from '../domain/settings/notification-texts.ts'
import { sourceKindSchema } from '../domain/source-kind/field.ts'
import { sourceTextsSchema } from '../domain/source-kind/texts.ts'
import { severitySchema } from '../domain/severity/schema.ts'
import { configProblemSchema } from './messages.ts'

/** Longest secret that is taken, in UTF-16 units: no token is longer. */
export const MAX_SECRET_LENGTH = 16_384

/** What a secret may be called: what stands behind `keychain:`. */
export const secretNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/)

const severityRuleTexts = z.object({
  when: z.string().max(2_000),
  /** Left out where it holds in all realms. */
  realm: z.string().max(63).optional(),
  is: severitySchema,
})
/** A severity rule as the file has it. */
export type SeverityRuleTexts = Readonly<z.infer<typeof severityRuleTexts>>

/**
 * The configuration as the settings screen edits it, read from the file as it is now. Holds no
 * secret: where one is needed, its reference.
 */
export const settingsSchema = z.object({
  path: z.string(),
  /** False when there is no file: what is in effect is the drill. */
  isPresent: z.boolean(),
  /** Identifies the text of the file; a change is refused when it is another one by then. */
  version: z.string(),
  /** What is wrong with the file as it is; the values below are then those in effect. */
  problems: z.array(configProblemSchema),
  /** The kinds of sources that this engine knows, in the order in which they are offered. */
  sourceKinds: z.array(sourceKindSchema),
  sources: z.array(sourceTextsSchema),
  severity: z.array(severityRuleTexts),
  groupBy: z.array(z.string()),
  /** True where alerts of several realms may be one incident. It is changed in the file only. */
  groupAcrossRealms: z.boolean().optional(),
  notifications: notificationTextsSchema,
  /** Null when the file does not say: the account's name is taken. */
  me: z.string().nullable(),
  /** Where things are kept on the engine's machine. */
  places: z.object({ data: z.string(), log: z.string() }),
})
export type Settings = Readonly<z.infer<typeof settingsSchema>>

/** One change of the file. Everything that it does not name stays as it is, comments too. */
export const settingsChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('add-source'),
    source: sourceTextsSchema,
    /** Whether a drill that runs goes on beside the new source. */
    keepsDrill: z.boolean(),
  }),
  z.object({ type: z.literal('update-source'), name: z.string(), source: sourceTextsSchema }),
  z.object({ type: z.literal('remove-source'), name: z.string() }),
  z.object({
    type: z.literal('set-severity-rules'),
    rules: z.array(severityRuleTexts).max(200),
  }),
  /** Adds a rule for alerts with this value of the label `severity`. */
  z.object({
    type: z.literal('map-severity-word'),
    word: z.string().min(1).max(500),
    is: severitySchema,
  }),
  z.object({ type: z.literal('set-group-by'), labels: z.array(z.string().max(500)).max(50) }),
  z.object({ type: z.literal('set-notifications'), notifications: notificationTextsSchema }),
  z.object({ type: z.literal('set-me'), me: z.string().max(500).nullable() }),
])
export type SettingsChange = Readonly<z.infer<typeof settingsChangeSchema>>

/** What became of a change. */
export const settingsOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('written'),
    version: z.string(),
    /** False when it is in the file, but the engine has not taken it up. */
    isInForce: z.boolean(),
  }),
  z.object({
    outcome: z.literal('refused'),
    /**
     * changed-meanwhile: the file is another one than the one that was read. broken: it has mistakes
     * now. not-valid: it would have. not-editable: it is written in a way that only a person can
     * change. not-writable: the system refused.
     */
    reason: z.enum(['changed-meanwhile', 'broken', 'not-valid', 'not-editable', 'not-writable']),
    message: z.string(),
    hint: z.string(),
    problems: z.array(configProblemSchema),
    /**
     * The field of what was to be changed that it is about, such as `url`, `tls.cert`, `auth` or
     * `quietHours.0.timeZone`; left out where it is about none of them.
     */
    field: z.string().optional(),
  }),
])
export type SettingsOutcome = Readonly<z.infer<typeof settingsOutcomeSchema>>

/** True when the file was another one by then: read anew, the same change may be possible. */
export function isOutrun(outcome: SettingsOutcome): boolean {
  return outcome.outcome === 'refused' && outcome.reason === 'changed-meanwhile'
}

/** Where secrets that are typed in are kept, and what stands against it. */
export const secretStatusSchema = z.object({
  kind: z.enum(['keychain', 'file']),
  /** Null when a secret can be kept. */
  problem: z.object({ message: z.string(), hint: z.string() }).nullable(),
})
export type SecretStatus = Readonly<z.infer<typeof secretStatusSchema>>
