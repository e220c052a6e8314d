import { closest, distance } from 'fastest-levenshtein'
import { z } from 'zod'
import type { Path } from './positions.ts'

/**
 * The keys that a map may have at a path of a schema, given the value that is there (a `type` key
 * chooses among kinds). Empty where any key may stand.
 */
export function allowedKeys(schema: unknown, path: Path, value: unknown): readonly string[] {
  const found = descend(schema, path, value).flatMap(({ node, at }) =>
    variants(node, at).flatMap((each) =>
      each instanceof z.ZodObject ? Object.keys(each.shape) : [],
    ),
  )
  return [...new Set(found)]
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
        return []
      }),
    )
  }
  return spots
}

/** What a schema is once the wrappers are off: one schema, or each member of a union. */
function variants(schema: unknown, value: unknown): readonly unknown[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return variants(schema.unwrap(), value)
  }
  if (schema instanceof z.ZodPipe) return variants(schema.in, value)
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
