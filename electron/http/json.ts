import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { excerptOf, failure, type Failure } from './failure.ts'

/** Reads an answer with status 200 as JSON, or says what was answered instead. */
export function parseJson(text: string, host: string): Result<unknown, Failure> {
  try {
    const value: unknown = JSON.parse(text)
    return ok(value)
  } catch {
    return fail(notJson(text, host))
  }
}

/** The failure of an answer that is JSON of another form than that of the API. */
export function unexpectedShape(path: string, host: string, detail: string): Failure {
  return failure(
    'unexpected-shape',
    `${host} answered ${path} with something else than that API does: ${excerptOf(detail)}.`,
    'Check the type of the source and the address in url.',
  )
}

function notJson(text: string, host: string): Failure {
  const start = text.slice(0, 1_000).trimStart()
  if (start === '') {
    return failure(
      'not-json',
      `${host} answered with an empty body.`,
      'A proxy before it may have failed; check url and the log of the proxy.',
    )
  }
  if (start.startsWith('<')) {
    return failure(
      'not-json',
      `${host} answered with a web page instead of data.`,
      'A login page or a proxy probably answers: set auth to what it accepts, or use the address behind it.',
    )
  }
  if (start.startsWith('[') || start.startsWith('{')) {
    return failure(
      'not-json',
      `The answer of ${host} begins like JSON but is cut off or damaged.`,
      'A proxy with a size limit may cut it; the server is polled again at the next interval.',
    )
  }
  // Not quoted: what an address that is not ours says is nobody's to read.
  return failure(
    'not-json',
    `${host} answered with something else than JSON.`,
    'Check the address in url and the type of the source.',
  )
}
