import { z } from 'zod'
import { formatDuration } from '../duration/format-duration.ts'
import { isSameDuration } from '../duration/duration.ts'
import type { PlainMap, PlainValue } from '../text/plain.ts'
import { unreachable } from '../result/result.ts'
import type { SourceConfig } from './config.ts'
import type { Field, SourceKind } from './field.ts'
import type { Auth, FieldValues, Tls } from './field-value.ts'

const line = (max: number) => z.string().max(max)

/** How Deckwatch signs in. Secrets are references (`keychain:NAME`), never values. */
export const authTextsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('basic'), username: line(500), secret: line(4_096) }),
  z.object({ kind: z.literal('bearer'), secret: line(4_096) }),
])
export type AuthTexts = Readonly<z.infer<typeof authTextsSchema>>

const tlsTextsSchema = z.strictObject({
  ca: line(4_096),
  cert: line(4_096),
  key: line(4_096),
  serverName: line(500),
})
/** Files of certificates as the form has them; empty for "not given". */
export type TlsTexts = Readonly<z.infer<typeof tlsTextsSchema>>

/** Own headers, in the order of the form; one that is being typed may lack a part. */
export type HeaderTexts = readonly { readonly name: string; readonly value: string }[]

/** What the form holds of a field of each kind; empty stands for "not given". */
export interface FieldTexts {
  readonly address: string
  readonly duration: string
  readonly number: number
  readonly text: string
  readonly matchers: readonly string[]
  readonly labels: Readonly<Record<string, string>> | null
  readonly auth: AuthTexts
  readonly tls: TlsTexts
  readonly headers: HeaderTexts
}

const textsSchemas: { readonly [Kind in Field['kind']]: z.ZodType<FieldTexts[Kind]> } = {
  address: line(4_096),
  duration: line(40),
  number: z.number(),
  text: line(4_096),
  matchers: z.array(line(2_000)).max(100),
  labels: z.record(line(500), line(2_000)).nullable(),
  auth: authTextsSchema,
  tls: tlsTextsSchema,
  headers: z.array(z.strictObject({ name: line(200), value: line(4_096) })).max(50),
}

/**
 * A source as a form edits it: every field of its kind is there, as text where a person types it.
 * Whether it is right is for the schema of its kind to say, of what {@link toSourceInput} makes of it.
 */
export const sourceTextsSchema = z.object({
  type: line(64),
  name: line(200),
  fields: z
    .record(line(64), z.union(Object.values(textsSchemas)))
    .refine((fields) => Object.keys(fields).length <= 50, { message: 'too many fields' }),
})
/** See {@link sourceTextsSchema}. */
export interface SourceTexts {
  readonly type: string
  readonly name: string
  readonly fields: Readonly<Record<string, FieldTexts[Field['kind']]>>
}

/** What the form has for a field; the empty value of its kind when it has nothing that fits. */
export function textsOf<Kind extends Field['kind']>(
  { fields }: Pick<SourceTexts, 'fields'>,
  key: string,
  field: Extract<Field, { readonly kind: Kind }>,
): FieldTexts[Kind] {
  const schema: z.ZodType<FieldTexts[Kind]> = textsSchemas[field.kind]
  const value = fields[key]
  // What is typed and is no number stays: it is a mistake for the form to name.
  if (field.kind === 'number' && Number.isNaN(value)) return value as FieldTexts[Kind]
  const read = schema.safeParse(value)
  return read.success ? read.data : (emptyTexts(field) as FieldTexts[Kind])
}

function emptyTexts(field: Field): FieldTexts[Field['kind']] {
  switch (field.kind) {
    case 'address':
    case 'text':
      return ''
    case 'duration':
    case 'number':
      return field.standard
    case 'matchers':
    case 'headers':
      return []
    case 'labels':
      return null
    case 'auth':
      return { kind: 'none' }
    case 'tls':
      return { ca: '', cert: '', key: '', serverName: '' }
    default:
      return unreachable(field)
  }
}

/** What a new source of a kind starts from: the standard values, without a name. */
export function emptySource({ type, fields }: SourceKind): SourceTexts {
  return {
    type,
    name: '',
    fields: Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [key, emptyTexts(field)]),
    ),
  }
}

/** A configured source as texts, standard values filled in. */
export function toSourceTexts(kind: SourceKind, config: SourceConfig): SourceTexts {
  return {
    type: kind.type,
    name: config.name,
    fields: Object.fromEntries(
      Object.entries(kind.fields).map(([key, field]) => [key, toFieldTexts(field, config[key])]),
    ),
  }
}

function toFieldTexts(field: Field, value: unknown): FieldTexts[Field['kind']] {
  // The configuration was read by the schema that belongs to the field.
  switch (field.kind) {
    case 'address':
    case 'text':
      return typeof value === 'string' ? value : ''
    case 'number':
      return typeof value === 'number' ? value : field.standard
    case 'duration':
      return typeof value === 'number' ? formatDuration(value) : field.standard
    case 'matchers':
      return ((value ?? []) as FieldValues['matchers']).map(({ text }) => text)
    case 'labels':
      return (value as FieldValues['labels']) ?? null
    case 'auth':
      return toAuthTexts(value as Auth)
    case 'headers':
      return Object.entries((value as FieldValues['headers']) ?? {}).map(([name, text]) => ({
        name,
        value: text,
      }))
    case 'tls': {
      const { ca, cert, key, serverName } = (value as Tls) ?? {}
      return {
        ca: ca ?? '',
        cert: cert ?? '',
        key: key ?? '',
        serverName: serverName ?? '',
      }
    }
    default:
      return unreachable(field)
  }
}

function toAuthTexts(auth: Auth): AuthTexts {
  if (!auth) return { kind: 'none' }
  return 'basic' in auth
    ? { kind: 'basic', username: auth.basic.username, secret: auth.basic.password }
    : { kind: 'bearer', secret: auth.bearer }
}

/**
 * What the file says for a source: what is empty or the standard value is left out. Not checked: give
 * it to the schema of its kind.
 */
export function toSourceInput(kind: SourceKind, texts: SourceTexts): PlainMap {
  const name = texts.name.trim()
  return {
    type: kind.type,
    ...(name === kind.standardName ? {} : { name }),
    ...Object.fromEntries(
      Object.entries(kind.fields).flatMap(([key, field]) => {
        const value = toFieldInput(field, key, texts)
        return value === undefined ? [] : [[key, value] as const]
      }),
    ),
  }
}

/** The value for the file; undefined where nothing is to be written. */
function toFieldInput(field: Field, key: string, texts: SourceTexts): PlainValue | undefined {
  switch (field.kind) {
    case 'address':
      return textsOf(texts, key, field).trim()
    case 'text':
      return textsOf(texts, key, field).trim() || undefined
    case 'number': {
      const number = textsOf(texts, key, field)
      return number === field.standard ? undefined : number
    }
    case 'duration': {
      const text = textsOf(texts, key, field)
      return isSameDuration(text, field.standard) ? undefined : text.trim()
    }
    case 'matchers': {
      const lines = textsOf(texts, key, field).map((text) => text.trim())
      const given = lines.filter((text) => text !== '')
      return given.length === 0 ? undefined : given
    }
    case 'labels':
      return textsOf(texts, key, field) ?? undefined
    case 'auth':
      return toAuthInput(textsOf(texts, key, field))
    case 'headers':
      return toHeadersInput(textsOf(texts, key, field))
    case 'tls': {
      const given = Object.entries(textsOf(texts, key, field))
        .map(([name, text]) => [name, text.trim()] as const)
        .filter(([, text]) => text !== '')
      return given.length === 0 ? undefined : Object.fromEntries(given)
    }
    default:
      return unreachable(field)
  }
}

function toHeadersInput(headers: HeaderTexts): PlainMap | undefined {
  const given = headers
    .map(({ name, value }) => [name.trim(), value.trim()] as const)
    .filter(([name, value]) => name !== '' || value !== '')
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

function toAuthInput(auth: AuthTexts): PlainMap | undefined {
  switch (auth.kind) {
    case 'none':
      return undefined
    case 'basic':
      return { basic: { username: auth.username, password: auth.secret } }
    case 'bearer':
      return { bearer: auth.secret }
  }
}

/** The texts with another value for one field. */
export function withField(
  texts: SourceTexts,
  key: string,
  value: FieldTexts[Field['kind']],
): SourceTexts {
  return { ...texts, fields: { ...texts.fields, [key]: value } }
}

/** How a source signs in, with the key of that field; null for a kind that never does. */
export function authOf(
  { fields }: Pick<SourceKind, 'fields'>,
  texts: Pick<SourceTexts, 'fields'>,
): { readonly key: string; readonly auth: AuthTexts } | null {
  for (const [key, field] of Object.entries(fields)) {
    if (field.kind === 'auth') return { key, auth: textsOf(texts, key, field) }
  }
  return null
}

/** The address of a source, with the key of that field; null for a kind without one. */
export function addressOf(
  { fields }: Pick<SourceKind, 'fields'>,
  texts: Pick<SourceTexts, 'fields'>,
): { readonly key: string; readonly address: string } | null {
  for (const [key, field] of Object.entries(fields)) {
    if (field.kind === 'address') return { key, address: textsOf(texts, key, field) }
  }
  return null
}
