import { errorCode, excerptOf } from '#electron/http/failure.ts'
import { transportProblem } from '#electron/http/transport-problem.ts'
import type { PostgresqlPlace } from '#shared/domain/configuration/query-places.ts'
import { failed, late, type Found } from '../checks/found.ts'

/** A class of errors by SQLSTATE, or one error, in words. */
const known: Readonly<Record<string, (where: string, said: string) => string>> = {
  // What the password was wrong for is in the log of the server.
  '28P01': (where) => `${where} did not accept the user or the password.`,
  '28000': (where, said) => `${where} does not let this user in: ${said}`,
  '3D000': (where, said) => `${where} has no such database: ${said}`,
  '25006': (_, said) => `This query would change something and was refused: ${said}`,
  '53300': (where, said) => `${where} takes no more connections: ${said}`,
  '57P03': (where, said) => `${where} is starting or stopping: ${said}`,
  '42501': (_, said) => `The user of the place may not do this: ${said}`,
}

/** Why PostgreSQL did not answer, in a sentence, without anything secret. */
export function postgresqlProblem(
  error: unknown,
  { host, port, user, encryption }: PostgresqlPlace,
  isConnected: boolean,
): Found {
  const where = `${host}:${String(port)}`
  const state = sqlState(error)
  if (state !== null && error instanceof Error) {
    const said = sentence(excerptOf(error.message))
    if (state === '57014') return late(`The server ended the query: ${said}`)
    const words = known[state]
    if (words) return failed(words(where, said), linesOf(error))
    return failed(`PostgreSQL says: ${said} (${state})`, linesOf(error))
  }
  const message = error instanceof Error ? error.message : ''
  if (/does not support SSL|establishing an SSL/.test(message)) {
    return failed(
      `${where} does not encrypt connections. Where that is as it should be, set encryption: off at the place.`,
    )
  }
  if (/password/i.test(message) && /SASL|SCRAM/.test(message)) {
    return failed(`${where} wants a password of the user ${user}: name one under password.`)
  }
  if (errorCode(error) === '' && /terminated|ended|closed/i.test(message)) {
    return failed(`${where} closed the connection${isConnected ? '' : ' without an answer'}.`)
  }
  return failed(
    transportProblem(error, { host: where, isTls: encryption !== 'off', hasAnswer: isConnected })
      .problem.message,
  )
}

/** The five characters of an error of the server; null for any other error. */
function sqlState(error: unknown): string | null {
  const isOfServer = error instanceof Error && 'severity' in error
  const code = isOfServer ? errorCode(error) : ''
  return /^[0-9A-Z]{5}$/.test(code) ? code : null
}

/** What the server says besides. */
function linesOf(error: Error): readonly string[] {
  const part = (key: 'position' | 'detail' | 'hint') => {
    const value: unknown = key in error ? Reflect.get(error, key) : undefined
    return typeof value === 'string' && value !== '' ? value.slice(0, 1_000) : null
  }
  const [position, detail, hint] = [part('position'), part('detail'), part('hint')]
  return [
    ...(position === null ? [] : [`At character ${position} of the query.`]),
    ...(detail === null ? [] : [detail]),
    ...(hint === null ? [] : [`Hint: ${hint}`]),
  ]
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
