import { stat } from 'node:fs/promises'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { readRegularFile, type FileRefusal } from '#electron/files/regular-file.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { errorCode, failure, type Failure } from './failure.ts'

/** PEM files of a source, as configured. */
export interface TlsFiles {
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

const options = ['ca', 'cert', 'key'] as const

/** Largest file of certificates, bytes: all authorities of a system are a quarter of that. */
const MAX_PEM_BYTES = 1_048_576

/**
 * Something that is different whenever one of the files was replaced, so that a renewed
 * certificate is used without a restart. Costs one `stat` a file.
 */
export async function tlsFilesVersion(files: TlsFiles): Promise<Result<string, Failure>> {
  const parts: string[] = []
  for (const option of options) {
    const path = files[option]
    if (path === undefined) continue
    try {
      const { mtimeMs, size, ino } = await stat(path)
      parts.push(`${option}:${String(mtimeMs)}:${String(size)}:${String(ino)}`)
    } catch (error) {
      return fail(unreadable(option, path, error))
    }
  }
  return ok(parts.join(' '))
}

/**
 * Reads the files into a TLS context. Without `ca`, the authorities of Node and of the operating
 * system are trusted: companies install their own in the latter.
 */
export async function loadTlsContext(files: TlsFiles): Promise<Result<SecureContext, Failure>> {
  const pem: { ca?: string; cert?: string; key?: string } = {}
  for (const option of options) {
    const path = files[option]
    if (path === undefined) continue
    try {
      const read = await readRegularFile(path, MAX_PEM_BYTES)
      if (!read.ok) return fail(refused(option, path, read.error))
      pem[option] = read.value.toString('utf8')
    } catch (error) {
      return fail(unreadable(option, path, error))
    }
  }
  if (pem.ca !== undefined && !pem.ca.includes('-----BEGIN ')) {
    return fail(notPem(files, 'ca'))
  }
  const ca = pem.ca ?? [
    ...new Set([...getCACertificates('default'), ...getCACertificates('system')]),
  ]
  try {
    return ok(createSecureContext({ ...pem, ca }))
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') {
      return fail(
        failure(
          'misconfigured',
          'tls.cert and tls.key do not belong together.',
          'Name the key that the certificate was made for.',
        ),
      )
    }
    return fail(notPem(files, ...options.filter((option) => files[option] !== undefined)))
  }
}

function refused(option: string, path: string, { reason }: FileRefusal): Failure {
  return failure(
    'misconfigured',
    reason === 'not-a-file'
      ? `The file ${path} of tls.${option} is not a regular file.`
      : `The file ${path} of tls.${option} is over 1 MiB.`,
    'Name the PEM file itself.',
  )
}

function unreadable(option: string, path: string, error: unknown): Failure {
  return failure(
    'misconfigured',
    `The file ${path} of tls.${option} cannot be read (${errorCode(error) || 'unknown reason'}).`,
    'Check the path, and that this account may read the file.',
  )
}

function notPem(files: TlsFiles, ...names: readonly (keyof TlsFiles)[]): Failure {
  const list = names.map((name) => `tls.${name} (${files[name] ?? ''})`).join(', ')
  return failure(
    'misconfigured',
    `What is in ${list} cannot be used as PEM.`,
    'Check that the files hold PEM blocks and that the key has no passphrase.',
  )
}
