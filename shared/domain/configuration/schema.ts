import { z } from 'zod'
import { parseMatchers, type Matcher } from '../matcher/matcher.ts'
import { soundSchema, urgencySchema } from '../notification/schema.ts'
import { findPeopleProblems } from '../person/people-problems.ts'
import { MAX_NAME_LENGTH, personSchema } from '../person/schema.ts'
import { isTimeZone } from '../quiet-hours/quiet-hours.ts'
import { severitySchema } from '../severity/schema.ts'

/** Longest duration that a configuration may name, ms: 366 days. */
const MAX_DURATION_MS = 366 * 24 * 3_600_000

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Reads Prometheus's durations (`30s`, `1h30m`, `250ms`) as ms; null for anything else. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim()
  if (!/^(\d+(?:ms|[smhdw]))+$/.test(trimmed)) return null
  let total = 0
  for (const [, amount, unit] of trimmed.matchAll(/(\d+)(ms|[smhdw])/g)) {
    total += Number(amount) * (unitMs[unit ?? ''] ?? 0)
  }
  return total <= MAX_DURATION_MS ? total : null
}

/** A duration in a file: text such as `15s`, parsed to ms. */
const duration = (minMs: number, maxMs = MAX_DURATION_MS) =>
  z.string().transform((text, context) => {
    const ms = parseDuration(text)
    if (ms === null || ms < minMs || ms > maxMs) {
      context.addIssue({
        code: 'custom',
        message:
          ms === null
            ? `${JSON.stringify(text)} is not a duration; write it as 15s, 5m or 1h30m`
            : `must be between ${String(minMs)} ms and ${String(maxMs)} ms`,
      })
      return z.NEVER
    }
    return ms
  })

/** Conditions on labels in Alertmanager's syntax, kept as text and checked. */
const matcherText = z.string().transform((text, context) => {
  const parsed = parseMatchers(text)
  if (!parsed.ok) {
    context.addIssue({ code: 'custom', message: parsed.error.message })
    return z.NEVER
  }
  return { text, matchers: parsed.value satisfies readonly Matcher[] }
})

/** A secret is never written in the file: it is named, and read where the engine runs. */
export const secretReferenceSchema = z
  .string()
  .regex(
    /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keychain:[A-Za-z0-9][A-Za-z0-9._-]{0,62})$/,
    'secrets are not written here: use env:NAME or file:/path/to/secret, or keychain:NAME',
  )

const httpUrl = z.string().transform((text, context) => {
  const url = URL_PATTERN.exec(text)
  if (!url) {
    context.addIssue({
      code: 'custom',
      // Not quoted: a token may hide in it.
      message: 'this is not an address; write it as http://host:port/prefix',
    })
    return z.NEVER
  }
  if (text.includes('@')) {
    context.addIssue({
      code: 'custom',
      message: 'user names and passwords do not belong in the address: use auth',
    })
    return z.NEVER
  }
  return text.replace(/\/+$/, '')
})

/** http or https, a host, maybe a port and a path prefix; no query and no fragment. */
const URL_PATTERN = /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/

const auth = z
  .union([
    z.strictObject({
      basic: z.strictObject({ username: z.string().min(1), password: secretReferenceSchema }),
    }),
    z.strictObject({ bearer: secretReferenceSchema }),
  ])
  .optional()

const tls = z
  .strictObject({
    /** PEM file with the authorities to trust instead of the system's. */
    ca: z.string().optional(),
    /** PEM files of the client certificate and its key (mTLS). */
    cert: z.string().optional(),
    key: z.string().optional(),
    serverName: z.string().optional(),
  })
  .refine((value) => (value.cert === undefined) === (value.key === undefined), {
    message: 'cert and key belong together',
  })
  .optional()

const sourceName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'use letters, digits, dots, dashes and underscores (at most 63)',
  )
  .refine((name) => name !== 'deckwatch', {
    message: '"deckwatch" is the name of Deckwatch itself',
  })

const polled = {
  name: sourceName,
  url: httpUrl,
  /** Time between polls. */
  interval: duration(500, 3_600_000).default(15_000),
  /** A poll that takes longer than this has failed. */
  timeout: duration(100, 300_000).default(10_000),
  /** Largest answer that is read, in MiB. */
  maxBodyMiB: z.number().min(1).max(1_024).default(64),
  auth,
  tls,
  /** Alerts that must always fire here, such as a Watchdog; one that goes missing alerts. */
  heartbeats: z.array(matcherText).default([]),
}

/** An Alertmanager, by its v2 API. */
export const alertmanagerConfigSchema = z.strictObject({
  type: z.literal('alertmanager'),
  ...polled,
  /** Only alerts that go to receivers matching this regular expression. */
  receiver: z.string().min(1).optional(),
  /** Only alerts for which all of these hold; given to Alertmanager as they are. */
  filter: z.array(matcherText).default([]),
})
export type AlertmanagerConfig = z.output<typeof alertmanagerConfigSchema>

/** A Prometheus: its firing alerts and the health of its rules. */
export const prometheusConfigSchema = z.strictObject({
  type: z.literal('prometheus'),
  ...polled,
  /**
   * Labels to add to every alert. Prometheus leaves its external labels out here, so its alerts are
   * recognised as Alertmanager's twins only with them. Read from the server itself when not given.
   */
  externalLabels: z.record(z.string(), z.string()).optional(),
})
export type PrometheusConfig = z.output<typeof prometheusConfigSchema>

/** The drill: a seeded story of a food-delivery company, for first steps and training. */
export const drillConfigSchema = z.strictObject({
  type: z.literal('drill'),
  name: sourceName.default('drill'),
  /** The same seed tells the same story. */
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  speed: z.number().min(0.1).max(100).default(1),
  interval: duration(50, 60_000).default(1_000),
})
export type DrillConfig = z.output<typeof drillConfigSchema>

/** One source of the file, by its `type`. */
export const sourceConfigSchema = z.discriminatedUnion('type', [
  alertmanagerConfigSchema,
  prometheusConfigSchema,
  drillConfigSchema,
])
export type SourceConfig = z.output<typeof sourceConfigSchema>

/** Prometheus takes any text for a name by now; what only a slip of the pen makes is refused. */
const labelName = z
  .string()
  .regex(
    /^[\p{L}_][^\s,;"'`{}=~!<>\p{Extended_Pictographic}\p{Cc}]*$/u,
    'this is no name of a label; write one name each, such as alertname',
  )

const severityRule = z.strictObject({ when: matcherText, is: severitySchema })

/** How a severity is told. `repeat`: ms after which an incident that nobody took is told again. */
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
      repeat: duration(10_000).default(parseDuration(defaults.repeat) ?? MAX_DURATION_MS),
    })
    .prefault({})

const timeOfDay = z
  .string()
  .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'write the time of day as "22:00", in quotation marks')

/** Hours in which only what breaks through is told; over midnight when `to` is earlier than `from`. */
const quietHours = z
  .strictObject({
    from: timeOfDay,
    to: timeOfDay,
    /** The days on which such hours begin. */
    days: z
      .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1)
      .default(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
    /** An IANA name such as Europe/Berlin; the zone of the machine when not given. */
    timeZone: z
      .string()
      .refine(isTimeZone, { message: 'this is no time zone; write it as Europe/Berlin' })
      .optional(),
  })
  .refine(({ from, to }) => from !== to, {
    message: 'from and to are the same time: leave quietHours out, or name two times',
  })

/** When and how a person is told. The repeats are R2.1's; P0 always breaks through. */
export const notificationPolicySchema = z
  .strictObject({
    /** False: nothing is shown on the desktop; the cockpit says so. */
    desktop: z.boolean().default(true),
    P0: severityPolicy({ notify: true, urgency: 'critical', sound: 'alarm', repeat: '5m' }),
    P1: severityPolicy({ notify: true, urgency: 'critical', sound: 'alert', repeat: '30m' }),
    P2: severityPolicy({ notify: true, urgency: 'normal', sound: 'alert', repeat: '4h' }),
    P3: severityPolicy({ notify: false, urgency: 'low', sound: 'none', repeat: '12h' }),
    quietHours: z.array(quietHours).max(20).default([]),
    /** The severity from which on pages break through quiet hours and do not disturb. */
    breaksThrough: z.enum(['P0', 'P1']).default('P0'),
    /** So many incidents at once are told in one summary instead of one by one. */
    summaryFrom: z.number().int().min(2).max(100).default(4),
  })
  .prefault({})
export type NotificationPolicy = z.output<typeof notificationPolicySchema>

/** The words that sources use, mapped by meaning; compared without case. Users' rules come first. */
export const defaultSeverityRules = [
  { when: 'severity=~"critical|crit|p0|sev-?0|1|emergency|fatal|disaster|blocker"', is: 'P0' },
  { when: 'severity=~"high|error|major|page|p1|sev-?1|2"', is: 'P1' },
  { when: 'severity=~"warning|warn|medium|moderate|average|p2|sev-?2|3"', is: 'P2' },
  {
    when: 'severity=~"low|info|information|informational|notice|minor|none|ok|debug|ticket|p3|sev-?3|4|5"',
    is: 'P3',
  },
] as const

/**
 * `deckwatch.yaml`. Durations become ms, matchers are parsed. Unknown keys are errors: a misspelt
 * key must not silently do nothing.
 */
export const configurationSchema = z
  .strictObject({
    /**
     * The owner of this machine: one of the people, by id or by name. Without people it is just the
     * name that commands are recorded under; the account's name when not given.
     */
    me: z.string().trim().min(1).max(MAX_NAME_LENGTH).optional(),
    /** Who works with this Deckwatch. An id is for ever; a name may change. */
    people: z.array(z.strictObject(personSchema.shape)).max(200).default([]),
    sources: z.array(sourceConfigSchema).min(1, 'name at least one source').max(50),
    severity: z.array(severityRule).max(200).default([]),
    /** Labels that make alerts one incident. */
    groupBy: z.array(labelName).min(1).max(10).default(['alertname', 'cluster', 'service']),
    /** R2.5: this many changes between firing and resolved within the time is flapping. */
    flapping: z
      .strictObject({
        changes: z.number().int().min(3).max(16).default(5),
        within: duration(1_000).default(30 * 60_000),
      })
      .default({ changes: 5, within: 30 * 60_000 }),
    /** A resolved incident that nothing has happened to for this long is closed. */
    closeAfter: duration(1_000).default(60 * 60_000),
    notifications: notificationPolicySchema,
  })
  .superRefine((config, context) => {
    for (const { path, message, choices } of findPeopleProblems(config)) {
      context.addIssue({ code: 'custom', path: [...path], message, params: { choices } })
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
export type Configuration = z.output<typeof configurationSchema>

/** What runs without a file: the drill. */
export const defaultConfiguration: Configuration = configurationSchema.parse({
  sources: [{ type: 'drill' }],
})
