import { z } from 'zod'

/** The scheme of links that lead into Deckwatch. */
export const DEEP_LINK_SCHEME = 'deckwatch'

/** What an incident's id looks like; it is looked up before anything is done with it. */
const deepLinkSchema = z
  .string()
  .max(200)
  .regex(/^deckwatch:\/\/incident\/[A-Za-z0-9_-]{1,128}\/?$/)

/**
 * The incident that a link asks for, or null for a link that is not exactly
 * `deckwatch://incident/ID`. Any page and any mail can hold such a link: nothing is decoded, and
 * nothing but the id is taken from it.
 */
export function readDeepLink(link: unknown): string | null {
  const parsed = deepLinkSchema.safeParse(link)
  return parsed.success ? (parsed.data.split('/')[3] ?? null) : null
}

/** The first argument that is a link of ours, readable or not; null when there is none. */
export function findDeepLink(args: readonly string[]): string | null {
  return args.find((arg) => arg.toLowerCase().startsWith(`${DEEP_LINK_SCHEME}:`)) ?? null
}
