import { z } from 'zod'
import { alternativesAt, keysOf, suggest } from './allowed-keys.ts'
import { expectation, foundKind } from './kind-words.ts'
import type { Path, Positions } from './positions.ts'

export type Issue = z.core.$ZodIssue

/** The file's values beside their positions and their schema: what an issue is worded from. */
export interface Source {
  readonly value: unknown
  readonly positions: Positions
  readonly schema: z.ZodType
}

/**
 * Replaces a failed choice by what is wrong with the alternative that was probably meant: a map by its
 * keys, misspelt ones too; anything else by its kind.
 */
export function resolveUnion(issue: Issue, source: Source): readonly Issue[] {
  const value = valueAt(source.value, issue.path)
  const lists = value === null || value === undefined ? [] : listsOf(issue, value, source)
  if (lists.length === 0) return [issue]
  const found: readonly Issue[] =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? ofMap(issue, lists, Object.keys(value), source)
      : ofPlain(issue, lists, value)
  const isSaid = (each: Issue) =>
    each === issue || (each.code !== 'invalid_union' && each.path.length === issue.path.length)
  return found.flatMap((each) => (isSaid(each) ? [each] : resolveUnion(each, source)))
}

/** What each alternative says; empty where the issue is about no choice. */
function listsOf(issue: Issue, value: unknown, source: Source): Lists {
  if (issue.code === 'invalid_union') {
    return issue.errors.map((errors) =>
      errors.map((each): Issue => ({ ...each, path: [...issue.path, ...each.path] })),
    )
  }
  // Zod takes an alternative for meant where only keys are too many or a form is wrong.
  const alternatives = alternativesAt(source.schema, issue.path, source.value)
  const lists = alternatives.map((alternative) =>
    alternative instanceof z.ZodType
      ? (alternative.safeParse(value).error?.issues ?? []).map((each): Issue => ({
          ...each,
          path: [...issue.path, ...each.path],
        }))
      : [],
  )
  return lists.every(({ length }) => length > 0) ? lists : []
}

/** What is said in our own words, at the place of the choice or of a key in it. */
function say(issue: Issue, message: string, key?: string): Issue {
  const params = key === undefined ? {} : { params: { key } }
  return { code: 'custom', path: issue.path, message, input: undefined, ...params }
}

type Lists = readonly (readonly Issue[])[]

function ofMap(
  issue: Issue,
  lists: Lists,
  written: readonly string[],
  source: Source,
): readonly Issue[] {
  const alternatives = alternativesAt(source.schema, issue.path, source.value)
  const maps = alternatives.flatMap((alternative, index) => {
    const keys = keysOf(alternative)
    return keys.length === 0 ? [] : [{ keys, errors: lists[index] ?? [] }]
  })
  if (alternatives.length !== lists.length || maps.length === 0) return ofPlain(issue, lists, {})
  const known = [...new Set(maps.flatMap(({ keys }) => keys))]
  const meant = new Map(
    written.map((key) => [key, known.includes(key) ? key : suggest(key, known)] as const),
  )
  const isText = lists.length > maps.length
  if (isText && written.length === 1 && meant.get(written[0] ?? '') === null) {
    return [say(issue, 'a text with ": " in it belongs in quotes; or the key is wrong')]
  }
  const wanted = [...meant.values()].filter((key) => key !== null)
  const fitting = maps.filter(({ keys }) => wanted.every((key) => keys.includes(key)))
  if (fitting.length === 0) return apart(issue, maps, wanted)
  const unknown = written.filter((key) => !known.includes(key))
  const unknownKeys: readonly Issue[] =
    unknown.length === 0
      ? []
      : [{ code: 'unrecognized_keys', keys: unknown, path: issue.path, message: '' }]
  // A key that is misspelt is not missing.
  const isMisspelt = ({ path }: Issue) =>
    path.length === issue.path.length + 1 &&
    wanted.includes(String(path.at(-1))) &&
    !source.positions.has(path)
  const outcomes = fitting.map(({ errors }) =>
    errors.filter((each) => each.code !== 'unrecognized_keys' && !isMisspelt(each)),
  )
  const isMissing = ({ path }: Issue) => !source.positions.has(path)
  const whole = outcomes.filter((errors) => !errors.some(isMissing))
  const [best] = whole.toSorted((a, b) => a.length - b.length)
  if (best) return [...unknownKeys, ...best]
  return [...unknownKeys, say(issue, missingOf(outcomes.map((errors) => errors.filter(isMissing))))]
}

/** What would make the map whole: the alternatives that lack least are offered. */
function missingOf(lacking: Lists): string {
  const fewest = Math.min(...lacking.map(({ length }) => length))
  const offers = lacking.filter(({ length }) => length === fewest)
  const words = offers.map((errors) => errors.map(({ path }) => String(path.at(-1))).join(' with '))
  const unique = [...new Set(words)]
  return unique.length === 1
    ? `"${unique[0] ?? ''}" is missing`
    : `one of the keys ${unique.join(', ')} is missing`
}

/** Two keys that no alternative has together. */
function apart(
  issue: Issue,
  maps: readonly { readonly keys: readonly string[] }[],
  wanted: readonly string[],
): readonly Issue[] {
  for (const [index, second] of wanted.entries()) {
    const first = wanted
      .slice(0, index)
      .find((key) => !maps.some(({ keys }) => keys.includes(key) && keys.includes(second)))
    if (first === undefined) continue
    const remedy =
      typeof issue.path.at(-1) === 'number' ? 'make two entries of them' : 'write one of the two'
    return [say(issue, `"${second}" does not go together with "${first}"; ${remedy}`, second)]
  }
  return [say(issue, `these keys do not go together: ${wanted.join(', ')}`)]
}

function ofPlain(issue: Issue, lists: Lists, value: unknown): readonly Issue[] {
  // The schema has its own words for this choice.
  if (issue.code === 'invalid_union' && issue.message !== 'Invalid input') return [issue]
  const firsts = lists.flatMap(([first]) => (first ? [first] : []))
  const words = firsts.flatMap((each) =>
    each.code === 'invalid_value' && each.path.length === issue.path.length
      ? each.values.map(String)
      : [],
  )
  const isOther = (each: Issue | undefined) =>
    each === undefined ||
    (each.path.length === issue.path.length &&
      (each.code === 'invalid_type' || each.code === 'invalid_value'))
  const ofItsKind = lists.filter((errors) => !errors.some(isOther))
  if (typeof value === 'string' && words.length > 0) {
    const near = suggest(value, words)
    const listed = firsts.find((each) => each.code === 'invalid_value')
    if (listed && (near !== null || ofItsKind.length === 0)) return [listed]
  }
  const [fitting] = ofItsKind
  if (fitting && words.length === 0) return fitting
  if (fitting) {
    const [first] = fitting
    return [say(issue, `expected one of ${words.join(', ')}; or ${first?.message ?? ''}`)]
  }
  const types = firsts.flatMap((each) => (each.code === 'invalid_type' ? [each.expected] : []))
  const [only] = firsts
  if (new Set(types).size <= 1 && words.length === 0) return only ? [only] : [issue]
  const named = [...new Set(types.map(expectation)), ...words]
  return [say(issue, `expected ${named.join(' or ')}, found ${foundKind(value)}`)]
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (parent, segment) =>
      typeof parent === 'object' && parent !== null ? Reflect.get(parent, segment) : undefined,
    value,
  )
}
