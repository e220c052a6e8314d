import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { startStandIn, type StandInServer } from '#test/unit/electron/http/stand-in-server.ts'

const answerSchema = z.union([
  z.object({ json: z.unknown(), status: z.number().optional() }).strict(),
  z.object({ text: z.string(), status: z.number().optional() }).strict(),
])
const routeSchema = z.union([
  z.object({ turns: z.array(answerSchema).min(1) }).strict(),
  z.object({ cycle: z.array(answerSchema).min(1) }).strict(),
  answerSchema,
])
const caseSchema = z.object({
  needs: z.record(z.string(), z.string()).default({}),
  routes: z.record(z.string(), routeSchema),
})
type Answer = z.infer<typeof answerSchema>

/** A server that gives the answers of one file in `test/fixtures`. */
export interface AnsweredCase extends StandInServer {
  /** From now on answers with the next of each route's `turns`. */
  next(): void
}

/**
 * Starts a server that answers by path with query, then by path alone, else 404. A route has one
 * answer; or `turns`, of which `next` takes the following one; or a `cycle`, of which each request
 * gets the following one. Without the headers that the case `needs` the answer is 401.
 *
 * @param name the file's name without its ending, as `C01`
 * @param folder where it lies below `test/fixtures`, as `thanos-rule`
 */
export async function answerCase(name: string, folder = 'cases'): Promise<AnsweredCase> {
  const file = new URL(`../../fixtures/${folder}/${name}.json`, import.meta.url)
  const { needs, routes } = caseSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  const asked = new Map<string, number>()
  let step = 0

  function answerTo(request: IncomingMessage): Answer {
    const missing = Object.entries(needs).some(
      ([header, value]) => request.headers[header.toLowerCase()] !== value,
    )
    if (missing) return { status: 401, text: 'no org id\n' }
    const url = new URL(request.url ?? '/', 'http://case')
    const route = routes[url.pathname + url.search] ?? routes[url.pathname]
    if (!route) return { status: 404, text: 'Not Found\n' }
    if ('turns' in route) return at(route.turns, Math.min(step, route.turns.length - 1))
    if ('cycle' in route) {
      const count = asked.get(url.pathname) ?? 0
      asked.set(url.pathname, count + 1)
      return at(route.cycle, count % route.cycle.length)
    }
    return route
  }

  const server = await startStandIn((request: IncomingMessage, response: ServerResponse) => {
    const answer = answerTo(request)
    const isText = 'text' in answer
    response
      .writeHead(answer.status ?? 200, {
        'content-type': isText ? 'text/plain' : 'application/json',
      })
      .end(isText ? answer.text : JSON.stringify(answer.json))
  })
  return {
    ...server,
    next: () => {
      step += 1
    },
  }
}

function at(answers: readonly Answer[], place: number): Answer {
  const answer = answers[place]
  if (!answer) throw new Error(`the case has no answer ${String(place)}`)
  return answer
}
