import { excerptOf, failure, type Failure } from './failure.ts'
import { apiErrorOf, redirectProblem, type AskedUrl, type RefusedAnswer } from './status-problem.ts'

/** Says what an answer other than 2xx means where something was to be changed, and what to do about it. */
export function writeProblem(answer: RefusedAnswer, asked: AskedUrl): Failure {
  const { host } = asked.url
  const { status } = answer
  if (status >= 300 && status < 400) return redirectProblem(answer, asked)
  const said = apiErrorOf(answer.bodyStart)
  const words = said === null ? '' : ` It said: ${excerptOf(said)}`
  switch (status) {
    case 401:
    case 407:
      return failure(
        'unauthorised',
        `${host} does not accept changes with these credentials (${String(status)}).${words}`,
        'Reading may be allowed without them. Check auth of the source, or make the change at the server itself.',
      )
    case 403:
      return failure(
        'forbidden',
        `${host} does not allow changes (403).${words}`,
        'Deckwatch may only read there. Ask for the right to change it, or make the change at the server itself.',
      )
    case 404:
      return failure(
        'not-found',
        `${host} has nothing to change at ${asked.url.pathname} (404).${words}`,
        'It may be gone already. A proxy that lets only reading through answers like this, too.',
      )
    case 405:
    case 501:
      return failure(
        'forbidden',
        `${host} lets only reading through (${String(status)}).${words}`,
        'A proxy before the server refuses changes. Use an address that allows them, or make the change at the server itself.',
      )
    case 429:
      return failure(
        'rate-limited',
        `${host} takes no more changes now (429).${words}`,
        'Wait a while and try again.',
      )
    default:
      break
  }
  if (status >= 500) {
    return failure(
      'server-error',
      `${host} failed to answer (${String(status)}).${words}`,
      'Look into the log of the server, or of the proxy before it.',
    )
  }
  return failure(
    'misconfigured',
    `${host} refused the change (${String(status)}).${words}`,
    'What it said names the part that it does not take; its version may be older than what was entered.',
  )
}
