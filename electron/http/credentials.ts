import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Auth } from '#shared/domain/source-kind/field-value.ts'
import { headerReferences, isSendable, type Headers } from '#shared/domain/source-kind/headers.ts'
import { failure, type Failure } from './failure.ts'
import type { SecretReader } from './secrets.ts'

/** What is shown to a server: how to sign in, and own headers. */
export interface Shown {
  readonly auth?: Auth
  readonly headers?: Headers | undefined
}

/**
 * The headers that show who asks, by their names in small letters; secrets are read at this moment.
 * A failure holds none of them.
 *
 * @param host for messages.
 */
export async function readCredentials(
  { auth, headers = {} }: Shown,
  host: string,
  secrets: SecretReader,
): Promise<Result<Readonly<Record<string, string>>, Failure>> {
  const shown: Record<string, string> = {}
  const references = new Set(headerReferences(headers))
  for (const [name, value] of Object.entries(headers)) {
    if (!references.has(value)) {
      shown[name.toLowerCase()] = value
      continue
    }
    const secret = await read(value, host, secrets)
    if (!secret.ok) return secret
    if (!isSendable(secret.value)) return fail(unsendable(name, host))
    shown[name.toLowerCase()] = secret.value
  }
  const authorization = await authorise(auth, host, secrets)
  if (!authorization.ok) return authorization
  if (authorization.value !== null) shown['authorization'] = authorization.value
  return ok(shown)
}

async function authorise(
  auth: Auth,
  host: string,
  secrets: SecretReader,
): Promise<Result<string | null, Failure>> {
  if (!auth) return ok(null)
  const secret = await read('basic' in auth ? auth.basic.password : auth.bearer, host, secrets)
  if (!secret.ok) return secret
  if ('basic' in auth) {
    const pair = Buffer.from(`${auth.basic.username}:${secret.value}`, 'utf8')
    return ok(`Basic ${pair.toString('base64')}`)
  }
  if (/^[\x21-\x7e]+$/.test(secret.value)) return ok(`Bearer ${secret.value}`)
  return fail(
    failure(
      'misconfigured',
      `The token for ${host} holds white space or characters that cannot be sent.`,
      'Check that the secret is the bare token, on one line, without "Bearer".',
    ),
  )
}

async function read(
  reference: string,
  host: string,
  secrets: SecretReader,
): Promise<Result<string, Failure>> {
  try {
    return ok(await secrets(reference))
  } catch (error) {
    return fail(
      failure(
        'misconfigured',
        `The secret for ${host} is missing: ${error instanceof Error ? error.message : 'it cannot be read'}.`,
        'Set it where Deckwatch runs; the configuration only names it.',
      ),
    )
  }
}

function unsendable(name: string, host: string): Failure {
  return failure(
    'misconfigured',
    `The secret for the header ${name} of ${host} has several lines or characters that cannot be sent.`,
    'Check that the secret is the value of the header alone, on one line.',
  )
}
