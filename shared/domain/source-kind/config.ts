import { z } from 'zod'
import type { Field, Fields, SourceKind } from './field.ts'
import { fieldValueSchema, type FieldValues } from './field-value.ts'
import { authorizationOf, type Headers } from './headers.ts'

/** A source of the file, read: what all kinds have, and the fields of its own kind. */
export interface SourceConfig {
  readonly type: string
  readonly name: string
  readonly [field: string]: unknown
}

type OptionalKind = 'text' | 'labels' | 'auth' | 'tls' | 'headers'
type KeysOf<Of extends Fields, Kind> = {
  [Key in keyof Of]: Of[Key]['kind'] extends Kind ? Key : never
}[keyof Of]

/** The configuration of a kind of source, by its fields. */
export type ConfigOf<Of extends Fields> = { readonly type: string; readonly name: string } & {
  readonly [Key in KeysOf<Of, Exclude<Field['kind'], OptionalKind>>]: FieldValues[Of[Key]['kind']]
} & {
  readonly [Key in KeysOf<Of, OptionalKind>]?: FieldValues[Of[Key]['kind']]
}

const sourceName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'use letters, digits, dots, dashes and underscores (at most 63)',
  )
  .refine((name) => name !== 'deckwatch', {
    message: '"deckwatch" is the name of Deckwatch itself',
  })

/** The schema of one kind of source. Unknown keys are errors: a misspelt one must not do nothing. */
export function sourceSchemaOf({ type, standardName, fields }: SourceKind) {
  return z
    .strictObject({
      type: z.literal(type),
      name: standardName === null ? sourceName : sourceName.default(standardName),
      ...Object.fromEntries(
        Object.entries(fields).map(([key, field]) => [key, fieldValueSchema(field)]),
      ),
    })
    .superRefine((config, context) => {
      const path = secondAuthorization(fields, config)
      if (path === null) return
      const message = 'authorization cannot be set beside auth, which sends this header'
      context.addIssue({ code: 'custom', path: [...path], message })
    })
}

/** Where a header says what `auth` says already; null where at most one of them does. */
function secondAuthorization(
  fields: Fields,
  config: Readonly<Record<string, unknown>>,
): readonly string[] | null {
  const keysOf = (kind: Field['kind']) =>
    Object.keys(fields).filter((key) => fields[key]?.kind === kind)
  if (!keysOf('auth').some((key) => config[key] !== undefined)) return null
  for (const key of keysOf('headers')) {
    // The schema of the field read it.
    const name = authorizationOf(config[key] as Headers | undefined)
    if (name !== null) return [key, name]
  }
  return null
}

/**
 * The schema of a source of the file, whatever its kind.
 *
 * @throws {RangeError} without any kind.
 */
export function sourceConfigSchemaOf(kinds: readonly SourceKind[]): z.ZodType<SourceConfig> {
  const [first, ...others] = kinds.map(sourceSchemaOf)
  if (!first) throw new RangeError('A configuration without any kind of source')
  return z.discriminatedUnion('type', [first, ...others])
}
