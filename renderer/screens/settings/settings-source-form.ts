import { secretReferenceSchema, sourceConfigSchema } from '#shared/domain/configuration/schema.ts'
import {
  emptySource,
  toSourceInput,
  type PolledSourceTexts,
} from '#shared/domain/settings/source-texts.ts'
import type { SourceDraft } from './settings-drafts.ts'
import { fieldMessage } from './settings-words.ts'

/** The fields of the form, by what is wrong with them. */
export type FieldErrors = Readonly<Record<string, string>>

const KEPT = 'keychain:'

/** A host as people write it: a name or an address, maybe a port and a path. */
const BARE_HOST =
  /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::(\d{1,5}))?(?:\/(?!\/)\S*)?$/

/** The address with the scheme that it lacks; one that is none of ours stays as it is. */
export function completeAddress(text: string): string {
  const trimmed = text.trim()
  const host = BARE_HOST.exec(trimmed)
  return host ? `${host[1] === '443' ? 'https' : 'http'}://${trimmed}` : trimmed
}

/** Where the secret of a source comes from. */
export type SecretPlace = 'kept' | 'env' | 'file'

/** The place that a reference names; a new one is typed in. */
export function placeOfSecret(reference: string): SecretPlace {
  if (reference.startsWith('env:')) return 'env'
  return reference.startsWith('file:') ? 'file' : 'kept'
}

/** The reference of the source's secret; empty without one. */
export function secretOf({ auth }: PolledSourceTexts): string {
  return auth.kind === 'none' ? '' : auth.secret
}

/** The source with another reference for its secret. */
export function withSecret(source: PolledSourceTexts, secret: string): PolledSourceTexts {
  return source.auth.kind === 'none' ? source : { ...source, auth: { ...source.auth, secret } }
}

/**
 * A name for a typed secret: of its source, and never the one that the saved source uses now, which
 * goes on with the old secret until the new one is saved.
 */
export function nameOfTypedSecret({ source, editing }: SourceDraft, used: string): string {
  const kind = source.auth.kind === 'basic' ? 'password' : 'token'
  const base = (editing ?? source.name).replace(/[^A-Za-z0-9._-]/g, '').slice(0, 50) || 'source'
  const name = `${base}-${kind}`
  return used === `${KEPT}${name}` ? `${name}-2` : name
}

/**
 * What is wrong with the fields, in the words of the form.
 *
 * @param otherNames of sources that are configured beside this one.
 */
export function checkSource(draft: SourceDraft, otherNames: readonly string[]): FieldErrors {
  const { source, typedSecret } = draft
  const errors: Record<string, string> = {}
  const checked = typedSecret === '' ? source : withSecret(source, `${KEPT}typed`)
  const parsed = sourceConfigSchema.safeParse(toSourceInput(checked))
  for (const issue of parsed.error?.issues ?? []) {
    const { path } = issue
    const field = path[0] === 'tls' && path.length > 1 ? `tls.${String(path[1])}` : String(path[0])
    if (field !== 'auth') errors[field] ??= fieldMessage(issue)
  }
  if (otherNames.includes(source.name.trim())) errors['name'] = 'Another source has this name.'
  if (checked.auth.kind === 'basic' && checked.auth.username === '') {
    errors['username'] = 'The user name is missing.'
  }
  const secret = secretOf(checked)
  if (checked.auth.kind !== 'none' && !secretReferenceSchema.safeParse(secret).success) {
    errors['secret'] = missingSecret[placeOfSecret(secret)]
  }
  return errors
}

const missingSecret: Readonly<Record<SecretPlace, string>> = {
  kept: 'The secret is missing: type it in.',
  env: 'Name the environment variable, such as AM_PASSWORD.',
  file: 'Name the file that holds the secret.',
}

/** The same source as another kind; a name that was only the kind follows. */
export function withType(
  source: PolledSourceTexts,
  type: PolledSourceTexts['type'],
): PolledSourceTexts {
  const { name, url, interval, timeout, maxBodyMiB, auth, tls, heartbeats } = source
  const kept = { url, interval, timeout, maxBodyMiB, auth, tls, heartbeats }
  return { ...emptySource(type), ...kept, name: name === source.type ? type : name }
}
