import { resolve } from 'node:path'
import { readRegularFile } from '#electron/files/regular-file.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { KEPT } from '#shared/domain/source-kind/secrets.ts'

/** Reads the secret behind `env:NAME`, `file:path` or `keychain:NAME`; rejects with an Error whose text holds none. */
export type SecretReader = (reference: string) => Promise<string>

/** Where secrets are looked for. */
export interface SecretPlaces {
  /** Environment variables; those of the process when not given. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Folder that relative `file:` paths start from; the working folder when not given. */
  readonly folder?: string
  /** Reads what Deckwatch itself keeps under a name; without it `keychain:` names nothing. */
  readonly keychain?: (name: string) => Promise<Result<string, { readonly message: string }>>
}

/** Largest secret file that is read, bytes. No token is longer; a wrong path may well be. */
const MAX_SECRET_BYTES = 65_536

async function readSecretFile(path: string): Promise<string> {
  let read
  try {
    read = await readRegularFile(path, MAX_SECRET_BYTES)
  } catch (error) {
    throw new Error(`the secret file ${path} cannot be read (${codeOf(error)})`)
  }
  if (read.ok) return read.value.toString('utf8').trimEnd()
  throw new Error(
    read.error.reason === 'not-a-file'
      ? `the secret file ${path} is not a regular file`
      : `the secret file ${path} is over 64 KiB`,
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown'
}

/**
 * A reader of secret references. Nothing is kept: each call reads anew, so that a rotated token is
 * used at the next poll. White space at the end of a file is no part of the secret.
 */
export function createSecretReader({
  env = process.env,
  folder = process.cwd(),
  keychain,
}: SecretPlaces = {}): SecretReader {
  return async (reference) => {
    if (reference.startsWith('env:')) {
      const name = reference.slice('env:'.length)
      const value = env[name]
      if (value === undefined || value === '') {
        throw new Error(`the environment variable ${name} is not set`)
      }
      return value
    }
    if (reference.startsWith('file:')) {
      const path = resolve(folder, reference.slice('file:'.length))
      const value = await readSecretFile(path)
      if (value === '') throw new Error(`the secret file ${path} is empty`)
      return value
    }
    if (reference.startsWith(KEPT) && keychain) {
      const name = reference.slice(KEPT.length)
      const kept = await keychain(name)
      if (!kept.ok) throw new Error(`the secret ${name} cannot be read: ${kept.error.message}`)
      if (kept.value === '') throw new Error(`the secret ${name} is empty`)
      return kept.value
    }
    throw new Error('a secret is named as env:NAME or file:/path/to/secret, or keychain:NAME')
  }
}
