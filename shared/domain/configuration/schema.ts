import { z } from 'zod'
import { confidentialRulesSchema, findUnknownPeople } from '../confidential/rule.ts'
import { matcherText } from '../matcher/matcher-text.ts'
import { soundSchema, urgencySchema } from '../notification/schema.ts'
import { playbookSettingSchema } from '../playbook/setting.ts'
import { findPeopleProblems } from '../person/people-problems.ts'
import { listedPersonSchema, MAX_NAME_LENGTH } from '../person/schema.ts'
import { realmNameSchema } from '../realm/realm.ts'
import { findRealmProblems } from '../realm/realm-problems.ts'
import { quietHoursSchema } from '../quiet-hours/schema.ts'
import { routingIdSchema } from '../routing/schema.ts'
import { runbookSettingSchema } from '../runbook/setting.ts'
import { severitySchema } from '../severity/schema.ts'
import { DRILL_TYPE } from '../source/drill.ts'
import { sourceConfigSchemaOf } from '../source-kind/config.ts'
import type { SourceKind } from '../source-kind/field.ts'
import { changeSourcesSchema } from './changes.ts'
import { growthSetting } from './growth.ts'
import { labelName } from './label-name.ts'
import { listenerSchema } from './listener.ts'
import { queryPlacesSchema } from './query-places.ts'
import { durationText, MAX_DURATION_MS, parseDuration } from '../duration/duration.ts'

const severityRule = z.strictObject({
  when: matcherText,
  /** Only alerts of this realm: its name, or the name of a source in it. */
  realm: realmNameSchema.optional(),
  is: severitySchema,
})

/** How a severity is notified. `repeat`: ms after which an unacknowledged incident pages again. */
const severityPolicy = (defaults: {
  notify: boolean
  urgency: z.infer<typeof urgencySchema>
  sound: z.infer<typeof soundSchema>
  repeat: string
}) =>
  z
    .strictObject({
      notify: z.boolean().default(defaults.notify),
      urgency: urgencySchema.default(defaults.urgency),
      sound: soundSchema.default(defaults.sound),
      repeat: durationText(10_000).default(parseDuration(defaults.repeat) ?? MAX_DURATION_MS),
    })
    .prefault({})

/** When and how a person is notified. The repeats are R2.1's; P0 always breaks through. */
export const notificationPolicySchema = z
  .strictObject({
    /** False: nothing is shown on the desktop; the cockpit says so. */
    desktop: z.boolean().default(true),
    P0: severityPolicy({ notify: true, urgency: 'critical', sound: 'alarm', repeat: '5m' }),
    P1: severityPolicy({ notify: true, urgency: 'critical', sound: 'alert', repeat: '30m' }),
    P2: severityPolicy({ notify: true, urgency: 'normal', sound: 'alert', repeat: '4h' }),
    P3: severityPolicy({ notify: false, urgency: 'low', sound: 'none', repeat: '12h' }),
    quietHours: z.array(quietHoursSchema).max(20).default([]),
    /** The severity from which on pages break through quiet hours and do not disturb. */
    breaksThrough: z.enum(['P0', 'P1']).default('P0'),
    /** So many incidents at once are paged in one summary instead of one by one. */
    summaryFrom: z.number().int().min(2).max(100).default(4),
  })
  .prefault({})
export type NotificationPolicy = z.output<typeof notificationPolicySchema>

/**
 * The schema of `deckwatch.yaml`. Durations become ms, matchers are parsed. Unknown keys are errors: a
 * misspelt key must not silently do nothing.
 */
function configurationSchemaOf(kinds: readonly SourceKind[]) {
  return z
    .strictObject({
      /**
       * The owner of this machine: one of the people, by id or by name. Without people it is just
       * the name that commands are recorded under; the account's name when not given.
       */
      me: z.string().trim().min(1).max(MAX_NAME_LENGTH).optional(),
      /** Who works with this Deckwatch. An id is for ever; a name may change. */
      people: z.array(z.strictObject(listedPersonSchema.shape)).max(200).default([]),
      sources: z.array(sourceConfigSchemaOf(kinds)).min(1, 'name at least one source').max(50),
      severity: z.array(severityRule).max(200).default([]),
      /** Labels that make alerts one incident. */
      groupBy: z.array(labelName).min(1).max(10).default(['alertname', 'cluster', 'service']),
      /** True: alerts with the same of these labels are one incident also in different realms. */
      groupAcrossRealms: z.boolean().default(false),
      /** R2.5: this many changes between firing and resolved within the time is flapping. */
      flapping: z
        .strictObject({
          changes: z.number().int().min(3).max(16).default(5),
          within: durationText(1_000).default(30 * 60_000),
        })
        .default({ changes: 5, within: 30 * 60_000 }),
      /** When what joins an acknowledged or snoozed incident pages again; null for never. */
      growth: growthSetting,
      /** Whose incidents only some people may see; everybody sees all of them when left out. */
      confidential: confidentialRulesSchema,
      /** A resolved incident that nothing has happened to for this long is closed. */
      closeAfter: durationText(1_000).default(60 * 60_000),
      notifications: notificationPolicySchema,
      /** Where plans and the rest of the playbook are; the folder of this file when not given. */
      playbook: playbookSettingSchema.optional(),
      /** Which pages of runbooks are fetched without asking; none when left out. */
      runbooks: runbookSettingSchema,
      /** The routing of the playbook that says who is notified where, by its name; none when not given. */
      routing: routingIdSchema.optional(),
      /** Where others tell Deckwatch of changes, feedback and jobs; nowhere when left out. */
      listener: listenerSchema.optional(),
      /** Where changes are looked for. */
      changes: changeSourcesSchema.default([]),
      /** Where queries of runbooks may be sent. */
      queries: queryPlacesSchema.default([]),
    })
    .superRefine((config, context) => {
      for (const { path, message, choices } of findPeopleProblems(config)) {
        context.addIssue({ code: 'custom', path: [...path], message, params: { choices } })
      }
      for (const { path, message, choices } of findUnknownPeople(config)) {
        context.addIssue({ code: 'custom', path: [...path], message, params: { choices } })
      }
      for (const { path, message } of findRealmProblems(config)) {
        context.addIssue({ code: 'custom', path: [...path], message })
      }
      const seen = new Map<string, number>()
      config.sources.forEach((source, index) => {
        const first = seen.get(source.name)
        if (first !== undefined) {
          context.addIssue({
            code: 'custom',
            path: ['sources', index, 'name'],
            message: `source ${String(first + 1)} has the name ${JSON.stringify(source.name)} already`,
          })
        }
        seen.set(source.name, index)
      })
    })
}

/** What `deckwatch.yaml` says, read: durations in ms, matchers parsed. */
export type Configuration = z.output<ReturnType<typeof configurationSchemaOf>>

/** How a configuration is read where certain kinds of sources are known. */
export interface ConfigurationFormat {
  readonly kinds: readonly SourceKind[]
  readonly schema: z.ZodType<Configuration>
  /** What is in effect without a file: the drill. */
  readonly standard: Configuration
}

/**
 * The format of the configuration for these kinds of sources.
 *
 * @throws when the drill is none of them: without a file there would be nothing to show.
 */
export function configurationFormat(kinds: readonly SourceKind[]): ConfigurationFormat {
  const schema = configurationSchemaOf(kinds)
  return { kinds, schema, standard: schema.parse({ sources: [{ type: DRILL_TYPE }] }) }
}

/**
 * The kind of a source that this format has read.
 *
 * @throws {RangeError} for a type that is none of the format's.
 */
export function kindOf({ kinds }: Pick<ConfigurationFormat, 'kinds'>, type: string): SourceKind {
  const kind = kinds.find((each) => each.type === type)
  if (!kind) throw new RangeError(`No kind of source is called ${JSON.stringify(type)}`)
  return kind
}
