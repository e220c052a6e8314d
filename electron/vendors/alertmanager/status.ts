import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { parseJson, unexpectedShape } from '#electron/http/json.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { z } from 'zod'
import { statusSchema } from './schema.ts'

const STATUS_PATH = '/api/v2/status'

/** Asks for version and start time. */
export async function readStatus(
  client: HttpClient,
  budget: Budget,
): Promise<Result<z.infer<typeof statusSchema>, Failure>> {
  const body = await client.get(STATUS_PATH, [], budget)
  if (!body.ok) return body
  const json = parseJson(body.value, client.host)
  if (!json.ok) return json
  const status = statusSchema.safeParse(json.value)
  if (!status.success) {
    return fail(unexpectedShape(STATUS_PATH, client.host, 'it has no start time ("uptime")'))
  }
  return ok(status.data)
}
