import { closest, distance } from 'fastest-levenshtein'
import { z } from 'zod'
import type { Path } from './positions.ts'

/**
 * The keys that a map may have at a path of a schema, given the value that is there (a `type` key
 * chooses among kinds). Empty where any key may stand.
 */
export function allowedKeys(schema: unknown, path: Path, value: unknown): readonly string[] {
  const found = descend(schema, path, value).flatMap(({ node, at }) => keysOf(node, at))
  return [...new Set(found)]
}

/** The keys that a map of this schema may have; empty where it takes no map, or any keys. */
export function keysOf(schema: unknown, value?: unknown): readonly string[] {
  return variants(schema, value).flatMap((each) =>
    each instanceof z.ZodObject ? Object.keys(each.shape) : [],
  )
}

/** The alternatives of the choice at a path, in their order; empty where there is none, or a key tells. */
export function alternativesAt(schema: unknown, path: Path, value: unknown): readonly unknown[] {
  const [choice] = descend(schema, path, value).flatMap(({ node }) => {
    const bare = unwrap(node)
    return bare instanceof z.ZodUnion && !(bare instanceof z.ZodDiscriminatedUnion) ? [bare] : []
  })
  return choice?.options ?? []
}

/** True where the schema at a path is marked so: see `durationText`. */
export function isMarkedAt(schema: unknown, path: Path, value: unknown, title: string): boolean {
  return descend(schema, path, value).some(({ node, at }) =>
    variants(node, at).some(
      (each) => each instanceof z.ZodType && z.globalRegistry.get(each)?.title === title,
    ),
  )
}

interface Spot {
  readonly node: unknown
  readonly at: unknown
}

function descend(schema: unknown, path: Path, value: unknown): readonly Spot[] {
  let spots: readonly Spot[] = [{ node: schema, at: value }]
  for (const segment of path) {
    spots = spots.flatMap(({ node, at }) =>
      variants(node, at).flatMap((each): Spot[] => {
        const next = child(at, segment)
        if (each instanceof z.ZodObject) return [{ node: each.shape[String(segment)], at: next }]
        if (each instanceof z.ZodArray) return [{ node: each.element, at: next }]
        if (each instanceof z.ZodRecord) return [{ node: each.valueType, at: next }]
        return []
      }),
    )
  }
  return spots
}

function unwrap(schema: unknown): unknown {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrap(schema.unwrap())
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.in) : schema
}

/** What a schema is once the wrappers are off: one schema, or each member of a union. */
function variants(wrapped: unknown, value: unknown): readonly unknown[] {
  const schema = unwrap(wrapped)
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def
    const chosen = schema.options.filter(
      (option) =>
        option instanceof z.ZodObject &&
        z.safeParse(option.shape[discriminator], child(value, discriminator)).success,
    )
    return (chosen.length > 0 ? chosen : schema.options).flatMap((option) =>
      variants(option, value),
    )
  }
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => variants(option, value))
  }
  return [schema]
}

function child(value: unknown, segment: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, segment) : undefined
}

/**
 * The word that was probably meant, or null when none is near enough to suggest: about a third of
 * the letters may be wrong, none in words of two. Case and separators count as no slip.
 */
export function suggest(word: string, among: readonly string[]): string | null {
  if (among.length === 0 || word.length > 100) return null
  const plain = (text: string) => text.toLowerCase().replace(/[-_ ]/g, '')
  const same = among.find((each) => plain(each) === plain(word))
  if (same !== undefined) return same
  const best = closest(word, [...among])
  const slips =
    best.length <= 2 ? 0 : best.length === 3 ? 1 : Math.max(2, Math.floor(best.length / 3))
  return distance(word, best) <= slips ? best : null
}
