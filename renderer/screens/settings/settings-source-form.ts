import type { Settings } from '#shared/contract/settings.ts'
import { secretReferenceSchema } from '#shared/domain/source-kind/field-value.ts'
import { sourceSchemaOf } from '#shared/domain/source-kind/config.ts'
import type { SourceKind } from '#shared/domain/source-kind/field.ts'
import { forbiddenUse } from '#shared/domain/source-kind/secret-rule.ts'
import { readPastedAddress, type PastedAddress } from '#shared/domain/source-kind/pasted-address.ts'
import { KEPT, secretUsesOf, type SecretUse } from '#shared/domain/source-kind/secrets.ts'
import {
  addressOf,
  authOf,
  emptySource,
  textsOf,
  toSourceInput,
  withField,
  type SourceTexts,
} from '#shared/domain/source-kind/texts.ts'
import type { SourceDraft } from './settings-drafts.ts'
import type { Refusal } from './settings-store.ts'
import { fieldMessage } from './settings-words.ts'

/** The fields of the form, by what is wrong with them. */
export type FieldErrors = Readonly<Record<string, string>>

/** Stands for a secret that is typed in and not kept yet. */
const TYPED = `${KEPT}typed`

/** A host as people write it: a name or an address, maybe a port and a path. */
const BARE_HOST =
  /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::(\d{1,5}))?(?:\/(?!\/)\S*)?$/

/**
 * The address with the scheme that it lacks and without what a page has behind it; one that is none
 * of ours stays as it is.
 */
export function completeAddress(text: string): PastedAddress {
  const trimmed = text.trim()
  const host = BARE_HOST.exec(trimmed)
  return readPastedAddress(host ? `${host[1] === '443' ? 'https' : 'http'}://${trimmed}` : trimmed)
}

/** Where the secret of a source comes from. */
export type SecretPlace = 'kept' | 'env' | 'file'

/** The place that a reference names; a new one is typed in. */
export function placeOfSecret(reference: string): SecretPlace {
  if (reference.startsWith('env:')) return 'env'
  return reference.startsWith('file:') ? 'file' : 'kept'
}

/** A source of a kind, as the form has it. */
type Drafted = Pick<SourceDraft, 'kind' | 'source'>

/** The reference of the source's secret; empty without one. */
export function secretOf({ kind, source }: Drafted): string {
  const found = authOf(kind, source)
  return !found || found.auth.kind === 'none' ? '' : found.auth.secret
}

/** The source with another reference for its secret. */
export function withSecret({ kind, source }: Drafted, secret: string): SourceTexts {
  const found = authOf(kind, source)
  if (!found || found.auth.kind === 'none') return source
  return withField(source, found.key, { ...found.auth, secret })
}

/** The source with its address written out in full, and what was left out of it. */
export function withWholeAddress({ kind, source }: Drafted): {
  readonly whole: SourceTexts
  readonly leftOut: string
} {
  const found = addressOf(kind, source)
  if (!found) return { whole: source, leftOut: '' }
  const { address, leftOut } = completeAddress(found.address)
  return { whole: withField(source, found.key, address), leftOut }
}

/**
 * A name for a typed secret: of its source, and never the one that the saved source uses now, which
 * goes on with the old secret until the new one is saved.
 */
export function nameOfTypedSecret(
  { kind, source, editing }: Pick<SourceDraft, 'kind' | 'source' | 'editing'>,
  used: string,
): string {
  const what = authOf(kind, source)?.auth.kind === 'basic' ? 'password' : 'token'
  const base = (editing ?? source.name).replace(/[^A-Za-z0-9._-]/g, '').slice(0, 50) || 'source'
  const name = `${base}-${what}`
  return used === `${KEPT}${name}` ? `${name}-2` : name
}

/**
 * What is wrong with the fields, in the words of the form: by the key of the field, or by key and
 * part where a field has several (`tls.ca`, `headers.0`). A sign-in has `username` and `secret`.
 *
 * @param otherNames of sources that are configured beside this one.
 * @param configured the secrets of all sources of the file.
 */
export function checkSource(
  draft: SourceDraft,
  otherNames: readonly string[],
  configured: readonly SecretUse[],
): FieldErrors {
  const { kind, source, typedSecret } = draft
  const errors: Record<string, string> = {}
  const checked = typedSecret === '' ? source : withSecret(draft, TYPED)
  const found = authOf(kind, checked)
  const parsed = sourceSchemaOf(kind).safeParse(toSourceInput(kind, checked))
  for (const issue of parsed.error?.issues ?? []) {
    const [key, part] = issue.path.map(String)
    if (key === undefined || key === found?.key) continue
    errors[fieldOfIssue(kind, source, key, part)] ??= fieldMessage(issue)
  }
  Object.assign(errors, repeatedHeaders(kind, source))
  if (otherNames.includes(source.name.trim())) errors['name'] = 'Name already in use'
  if (found && found.auth.kind !== 'none') {
    const { auth } = found
    if (auth.kind === 'basic' && auth.username === '') {
      errors['username'] = 'Required'
    }
    if (!secretReferenceSchema.safeParse(auth.secret).success) {
      errors['secret'] = missingSecret[placeOfSecret(auth.secret)]
    }
  }
  const known = [...configured, ...(draft.keptSecret ? [draft.keptSecret] : [])]
  for (const use of usesOf(kind, checked)) {
    const isFine = forbiddenUse([use], { configured: known, storedFor: new Map() }) === null
    if (isFine || use.reference === TYPED) continue
    for (const field of fieldsOfUse({ kind, source }, use)) errors[field] ??= forbiddenWords(use)
  }
  return errors
}

/** The secrets of sources as the file has them. */
export function configuredUses({
  sources,
  sourceKinds,
}: Pick<Settings, 'sources' | 'sourceKinds'>): readonly SecretUse[] {
  return sources.flatMap((source) => {
    const kind = sourceKinds.find(({ type }) => type === source.type)
    return kind ? usesOf(kind, source) : []
  })
}

function usesOf(kind: SourceKind, source: SourceTexts): readonly SecretUse[] {
  return secretUsesOf(kind, toSourceInput(kind, source))
}

/** Where a mistake is shown: at a part of a field that has parts. */
function fieldOfIssue(
  { fields }: SourceKind,
  source: SourceTexts,
  key: string,
  part: string | undefined,
): string {
  const field = fields[key]
  if (part === undefined || !field) return key
  if (field.kind === 'tls') return `${key}.${part}`
  if (field.kind !== 'headers') return key
  const index = textsOf(source, key, field).findIndex(
    // A line that nothing was typed in is no header.
    ({ name, value }) => name.trim() === part && `${name}${value}`.trim() !== '',
  )
  return index === -1 ? key : `${key}.${String(index)}`
}

/** Headers that are there twice, which the file cannot have. */
function repeatedHeaders({ fields }: SourceKind, source: SourceTexts): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const [key, field] of Object.entries(fields)) {
    if (field.kind !== 'headers') continue
    const names = textsOf(source, key, field).map(({ name }) => name.trim().toLowerCase())
    for (const [index, name] of names.entries()) {
      if (name !== '' && names.indexOf(name) < index) {
        errors[`${key}.${String(index)}`] = 'Duplicate header'
      }
    }
  }
  return errors
}

function fieldsOfUse({ kind, source }: Drafted, { reference }: SecretUse): readonly string[] {
  const entries = Object.entries(kind.fields)
  const [, part] = /^tls\.(cert|key):/.exec(reference) ?? []
  if (part !== undefined) {
    return entries.flatMap(([key, field]) => (field.kind === 'tls' ? [`${key}.${part}`] : []))
  }
  const ofHeaders = entries.flatMap(([key, field]) =>
    field.kind === 'headers'
      ? textsOf(source, key, field).flatMap(({ value }, index) =>
          value.trim() === reference ? [`${key}.${String(index)}`] : [],
        )
      : [],
  )
  return secretOf({ kind, source }) === reference ? ['secret', ...ofHeaders] : ofHeaders
}

/** True while the secret of the source is stored for the server whose address stands in the form. */
export function isStoredForAddress(draft: SourceDraft, configured: readonly SecretUse[]): boolean {
  const reference = secretOf(draft)
  const known = [...configured, ...(draft.keptSecret ? [draft.keptSecret] : [])]
  const uses = usesOf(draft.kind, withWholeAddress(draft).whole)
  return (
    reference.startsWith(KEPT) &&
    forbiddenUse(
      uses.filter((use) => use.reference === reference),
      { configured: known, storedFor: new Map() },
    ) === null
  )
}

/** As short as a field's mistake has to be; the engine says the same at length. */
function forbiddenWords({ reference, origin }: SecretUse): string {
  return reference.startsWith(KEPT)
    ? `Enter it again for ${origin}`
    : `Can be set in the configuration file only, for ${origin}`
}

const missingSecret: Readonly<Record<SecretPlace, string>> = {
  kept: 'Required',
  env: 'Required: the variable’s name, such as AM_PASSWORD',
  file: 'Required: the file’s path',
}

/** The same source as another kind; a name that was only the kind follows. */
export function withKind({ kind, source }: Drafted, next: SourceKind): SourceTexts {
  const kept = Object.entries(source.fields).filter(
    ([key]) => kind.fields[key] !== undefined && kind.fields[key].kind === next.fields[key]?.kind,
  )
  const empty = emptySource(next)
  return {
    ...empty,
    name: source.name === kind.type ? next.type : source.name,
    fields: { ...empty.fields, ...Object.fromEntries(kept) },
  }
}

/** The field of the form that a refusal is about; null where it is about none. */
export function refusedField(refusal: Refusal | undefined): string | null {
  const field = refusal?.field
  if (field === undefined) return null
  if (!/^auth(\.|$)/.test(field)) return field
  return field.endsWith('username') ? 'username' : 'secret'
}
