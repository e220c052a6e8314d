import { z } from 'zod'
import { formatDuration } from '../configuration/format-duration.ts'
import { parseDuration, type SourceConfig } from '../configuration/schema.ts'

/**
 * A source as a form edits it: every field is there, texts as the file has them, empty for "not
 * given". Whether it is right is for `sourceConfigSchema` to say, of what `toSourceInput` makes of it.
 */

const line = (max: number) => z.string().max(max)

/** How Deckwatch proves who it is. Secrets are references (`keychain:NAME`), never values. */
export const authTextsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('basic'), username: line(500), secret: line(4_096) }),
  z.object({ kind: z.literal('bearer'), secret: line(4_096) }),
])
export type AuthTexts = Readonly<z.infer<typeof authTextsSchema>>

const polled = {
  name: line(200),
  url: line(4_096),
  interval: line(40),
  timeout: line(40),
  maxBodyMiB: z.number(),
  auth: authTextsSchema,
  tls: z.object({
    ca: line(4_096),
    cert: line(4_096),
    key: line(4_096),
    serverName: line(500),
  }),
  heartbeats: z.array(line(2_000)).max(100),
}

const alertmanagerTexts = z.object({
  type: z.literal('alertmanager'),
  ...polled,
  receiver: line(500),
  filter: z.array(line(2_000)).max(100),
})

const prometheusTexts = z.object({
  type: z.literal('prometheus'),
  ...polled,
  /** Empty: read from the server itself. */
  externalLabels: z.record(z.string().max(500), line(2_000)).nullable(),
})

/** A source with an address, which can be tried before it is saved. */
export const polledSourceTextsSchema = z.discriminatedUnion('type', [
  alertmanagerTexts,
  prometheusTexts,
])
export type PolledSourceTexts = Readonly<z.infer<typeof polledSourceTextsSchema>>

/** Any source of the file. */
export const sourceTextsSchema = z.discriminatedUnion('type', [
  alertmanagerTexts,
  prometheusTexts,
  z.object({
    type: z.literal('drill'),
    name: line(200),
    seed: z.number(),
    speed: z.number(),
    interval: line(40),
  }),
])
export type SourceTexts = Readonly<z.infer<typeof sourceTextsSchema>>

/** What a new source starts from; its defaults are those of the configuration. */
export function emptySource(type: PolledSourceTexts['type']): PolledSourceTexts {
  const common = {
    name: '',
    url: '',
    interval: '15s',
    timeout: '10s',
    maxBodyMiB: 64,
    auth: { kind: 'none' as const },
    tls: { ca: '', cert: '', key: '', serverName: '' },
    heartbeats: [],
  }
  return type === 'alertmanager'
    ? { type, ...common, receiver: '', filter: [] }
    : { type, ...common, externalLabels: null }
}

/** A configured source as texts, defaults filled in. */
export function toSourceTexts(config: SourceConfig): SourceTexts {
  if (config.type === 'drill') {
    const { type, name, seed, speed, interval } = config
    return { type, name, seed, speed, interval: formatDuration(interval) }
  }
  const common = {
    name: config.name,
    url: config.url,
    interval: formatDuration(config.interval),
    timeout: formatDuration(config.timeout),
    maxBodyMiB: config.maxBodyMiB,
    auth: toAuthTexts(config.auth),
    tls: {
      ca: config.tls?.ca ?? '',
      cert: config.tls?.cert ?? '',
      key: config.tls?.key ?? '',
      serverName: config.tls?.serverName ?? '',
    },
    heartbeats: config.heartbeats.map(({ text }) => text),
  }
  return config.type === 'alertmanager'
    ? {
        type: 'alertmanager',
        ...common,
        receiver: config.receiver ?? '',
        filter: config.filter.map(({ text }) => text),
      }
    : { type: 'prometheus', ...common, externalLabels: config.externalLabels ?? null }
}

function toAuthTexts(auth: Exclude<SourceConfig, { type: 'drill' }>['auth']): AuthTexts {
  if (!auth) return { kind: 'none' }
  return 'basic' in auth
    ? { kind: 'basic', username: auth.basic.username, secret: auth.basic.password }
    : { kind: 'bearer', secret: auth.bearer }
}

/** A plain value of the file: what YAML can hold. */
export type PlainValue =
  string | number | boolean | readonly PlainValue[] | { readonly [key: string]: PlainValue }

/** Keys with plain values, in the order in which they are written. */
export type PlainMap = Readonly<Record<string, PlainValue>>

/**
 * What the file says for a source: what is empty or the default is left out. Not checked: give it to
 * `sourceConfigSchema`.
 */
export function toSourceInput(texts: SourceTexts): PlainMap {
  if (texts.type === 'drill') {
    return withoutDefaults(
      { type: texts.type, name: texts.name, seed: texts.seed, speed: texts.speed },
      { name: 'drill', seed: 1, speed: 1 },
      { interval: [texts.interval, '1s'] },
    )
  }
  return withoutDefaults(
    {
      type: texts.type,
      name: texts.name.trim(),
      url: texts.url.trim(),
      maxBodyMiB: texts.maxBodyMiB,
      ...toAuthInput(texts.auth),
      ...given('tls', givenTexts(texts.tls)),
      ...(texts.type === 'alertmanager'
        ? { ...givenTexts({ receiver: texts.receiver }), ...given('filter', lines(texts.filter)) }
        : texts.externalLabels === null
          ? {}
          : { externalLabels: texts.externalLabels }),
      ...given('heartbeats', lines(texts.heartbeats)),
    },
    { maxBodyMiB: 64 },
    { interval: [texts.interval, '15s'], timeout: [texts.timeout, '10s'] },
  )
}

function toAuthInput(auth: AuthTexts): PlainMap {
  switch (auth.kind) {
    case 'none':
      return {}
    case 'basic':
      return { auth: { basic: { username: auth.username, password: auth.secret } } }
    case 'bearer':
      return { auth: { bearer: auth.secret } }
  }
}

const lines = (texts: readonly string[]) =>
  texts.map((text) => text.trim()).filter((text) => text !== '')

function givenTexts(texts: Readonly<Record<string, string>>): PlainMap {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) =>
      text.trim() === '' ? [] : [[key, text.trim()] as const],
    ),
  )
}

/** The key with its value, or nothing when the value is empty. */
function given(key: string, value: PlainMap | readonly PlainValue[]): PlainMap {
  return Object.keys(value).length === 0 ? {} : { [key]: value }
}

function withoutDefaults(
  values: PlainMap,
  defaults: Readonly<Record<string, string | number>>,
  durations: Readonly<Record<string, readonly [text: string, usual: string]>>,
): PlainMap {
  const kept = Object.entries(values).filter(([key, value]) => defaults[key] !== value)
  const told = Object.entries(durations).flatMap(([key, [text, usual]]) =>
    isSameDuration(text, usual) ? [] : [[key, text.trim()] as const],
  )
  return Object.fromEntries([...kept, ...told])
}

/** True when both mean the same time, however they are written; what is no duration is compared as text. */
export function isSameDuration(a: string, b: string): boolean {
  const left = parseDuration(a)
  return left === null ? a.trim() === b.trim() : left === parseDuration(b)
}
