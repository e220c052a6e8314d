import { setImmediate as othersFirst } from 'node:timers/promises'
import { parseQuery, type ParsedQuery } from './parse.ts'

/** Most expressions that are kept; each is small. */
const MAX_KEPT = 20_000

/** Reads expressions; each once, as rules stay the same from answer to answer. */
export type QueryReader = (query: string) => ParsedQuery

/** Has read nothing yet. */
export function createQueryReader(): QueryReader {
  const known = new Map<string, ParsedQuery>()
  return (query) => {
    let parsed = known.get(query)
    if (!parsed) {
      parsed = parseQuery(query)
      if (known.size >= MAX_KEPT) known.clear()
      known.set(query, parsed)
    }
    return parsed
  }
}

/** So many expressions are read at once, some milliseconds: then others have their turn. */
const SLICE = 50

/** Reads expressions beforehand, without holding anything else up. */
export async function readInSlices(queries: readonly string[], read: QueryReader): Promise<void> {
  for (let from = 0; from < queries.length; from += SLICE) {
    for (const query of queries.slice(from, from + SLICE)) read(query)
    await othersFirst()
  }
}
