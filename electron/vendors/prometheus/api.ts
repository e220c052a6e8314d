import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient, Query } from '#electron/http/client.ts'
import { excerptOf, failure, type Failure } from '#electron/http/failure.ts'
import { parseJson, unexpectedShape } from '#electron/http/json.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { z } from 'zod'
import { envelopeSchema } from './schema.ts'

/** Takes an answer's `data` out of Prometheus's envelope; an error inside is a failure. */
export function unwrap(body: string, path: string, host: string): Result<unknown, Failure> {
  const json = parseJson(body, host)
  if (!json.ok) return json
  const envelope = envelopeSchema.safeParse(json.value)
  if (!envelope.success) return fail(unexpectedShape(path, host, 'it has no "status" and "data"'))
  if (envelope.data.status === 'success') return ok(envelope.data.data)
  const { errorType, error } = envelope.data
  return fail(
    failure(
      'server-error',
      `${host} reports an error (${excerptOf(errorType)}): ${excerptOf(error)}`,
      'Look into the log of Prometheus.',
    ),
  )
}

/** Asks for a part of the API and validates what comes. For small answers only. */
export async function ask<Value>(
  client: HttpClient,
  path: string,
  schema: z.ZodType<Value>,
  budget: Budget,
  query: Query = [],
): Promise<Result<{ readonly value: Value; readonly size: number }, Failure>> {
  const body = await client.get(path, query, budget)
  if (!body.ok) return body
  const data = unwrap(body.value, path, client.host)
  if (!data.ok) return data
  const parsed = schema.safeParse(data.value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = (issue?.path ?? []).map(String).join('.')
    return fail(unexpectedShape(path, client.host, `${where}: ${issue?.message ?? 'unreadable'}`))
  }
  return ok({ value: parsed.data, size: body.value.length })
}
