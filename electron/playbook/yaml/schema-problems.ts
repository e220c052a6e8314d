import type { z } from 'zod'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { allowedKeys, suggest } from './allowed-keys.ts'
import type { Path, Positions } from './positions.ts'
import type { Finding } from './yaml-problems.ts'

type Issue = z.core.$ZodIssue

/** The file's values beside their positions and their schema: what an issue is worded from. */
interface Source {
  readonly value: unknown
  readonly positions: Positions
  readonly schema: z.ZodType
}

/** So many issues, and keys of one issue, are looked up at most: each lookup walks the document. */
const MAX_LOOKUPS = 100

/**
 * Says what a schema found, in words and at the place in the file. A value that is or may hold a
 * secret (all of `auth` and of `headers`, every address) is never repeated.
 */
export function wordIssues(issues: readonly Issue[], source: Source): readonly Finding[] {
  const flat = issues.slice(0, MAX_LOOKUPS).flatMap((issue) => flatten(issue, source))
  const meant = new Set<string>()
  const unknown = flat.flatMap((issue) => wordUnknownKeys(issue, source, meant))
  const others = flat.flatMap((issue): Finding[] => {
    if (issue.code === 'unrecognized_keys') return []
    // Told already: the key is there, misspelt.
    if (meant.has(keyOf(issue.path)) && !source.positions.has(issue.path)) return []
    return [wordIssue(issue, source)]
  })
  return [...unknown, ...others]
}

const keyOf = (path: Path) => JSON.stringify(path.map(String))

/** Replaces a failed choice by what is wrong with the alternative that was probably meant. */
function flatten(issue: Issue, source: Source): readonly Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const lists = issue.errors.map((errors) =>
    errors.map((each): Issue => ({ ...each, path: [...issue.path, ...each.path] })),
  )
  // The alternative whose own keys are there is meant; its troubles are further down.
  const meant = lists.find((errors) =>
    errors.every((each) => each.path.length > issue.path.length && source.positions.has(each.path)),
  )
  if (meant) return meant.flatMap((each) => flatten(each, source))
  // Keys were written, so what takes other values than keys is not meant.
  const ofItsKind = lists.filter((errors) => !errors.some((each) => isOfAnotherKind(each, issue)))
  const [fitting] = ofItsKind
  if (fitting && ofItsKind.length === 1) return fitting.flatMap((each) => flatten(each, source))
  const [first] = lists
  if (
    first &&
    lists.every(([each]) => each?.code === 'invalid_type' && each.path.length === issue.path.length)
  ) {
    return first
  }
  const unknown = lists.map((errors) => errors.filter((each) => each.code === 'unrecognized_keys'))
  const everywhere = unknown[0]?.flatMap((each) =>
    each.keys.filter((key) =>
      unknown.every((errors) => errors.some((other) => other.keys.includes(key))),
    ),
  )
  if (everywhere && everywhere.length > 0) {
    return [{ code: 'unrecognized_keys', keys: everywhere, path: issue.path, message: '' }]
  }
  return [issue]
}

/** True for what an alternative says of a value that is none of its kind at all. */
function isOfAnotherKind({ code, path }: Issue, { path: at }: Issue): boolean {
  return path.length === at.length && (code === 'invalid_type' || code === 'invalid_value')
}

function wordUnknownKeys(issue: Issue, source: Source, meant: Set<string>): readonly Finding[] {
  if (issue.code !== 'unrecognized_keys') return []
  const allowed = allowedKeys(source.schema, issue.path, source.value)
  return issue.keys.slice(0, MAX_LOOKUPS).map((key) => {
    const suggestion = suggest(key, allowed)
    if (suggestion !== null) meant.add(keyOf([...issue.path, suggestion]))
    // Below auth a key may be a password in the wrong place: only a near miss is repeated.
    const name =
      isSecret(issue.path) && suggestion === null ? 'this' : JSON.stringify(toPrintable(key, 60))
    const hint =
      suggestion === null
        ? `the keys here are ${allowed.join(', ')}`
        : `did you mean ${JSON.stringify(suggestion)}?`
    return {
      ...source.positions.ofKey([...issue.path, key]),
      message: `${where(issue.path)}${name} is not a key that is known here; ${hint}`,
    }
  })
}

function wordIssue(issue: Issue, source: Source): Finding {
  const { positions } = source
  const name = String(issue.path.at(-1) ?? 'configuration')
  if (issue.path.length > 0 && !issue.path.includes(HEADERS) && !positions.has(issue.path)) {
    const kinds = issue.code === 'invalid_union' ? `: one of ${options(issue).join(', ')}` : ''
    return {
      ...positions.ofValue(issue.path),
      message: `${where(issue.path.slice(0, -1))}"${name}" is missing${kinds}`,
    }
  }
  const value = at(source.value, issue.path)
  // What is said of a header quotes no value; one such as "a" occurs in every sentence.
  const isQuoted = issue.code !== 'custom' || !issue.path.includes(HEADERS)
  const message =
    value === null && issue.path.length > 0
      ? 'has no value'
      : isQuoted
        ? withoutSecret(say(issue, value), issue.path, value)
        : issue.message
  return { ...positions.ofValue(issue.path), message: `${where(issue.path)}${message}` }
}

function say(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type': {
      const isDuration = /^(interval|timeout|within|.*After)$/.test(String(issue.path.at(-1)))
      const hint =
        isDuration && typeof value === 'number' ? '; a duration has a unit, as in 15s' : ''
      const isUnquoted =
        issue.path.includes(HEADERS) && ['number', 'boolean'].includes(typeof value)
      const quotes = isUnquoted ? '; put it in quotes' : ''
      return `expected ${expectation(issue.expected)}, found ${kind(value)}${hint}${quotes}`
    }
    case 'invalid_union':
    case 'invalid_value': {
      const choices = options(issue)
      if (choices.length === 0) {
        const own = issue.message === 'Invalid input' ? null : issue.message
        return own ?? 'exactly one of the alternatives belongs here'
      }
      const suggestion = typeof value === 'string' ? suggest(value, choices) : null
      const hint = suggestion === null ? '' : `did you mean ${JSON.stringify(suggestion)}? `
      return `${quote(value)} is not known; ${hint}it is one of ${choices.join(', ')}`
    }
    case 'too_small':
      if (!issue.message.startsWith('Too small')) return issue.message
      if (issue.origin === 'string') return 'must not be empty'
      return issue.origin === 'number'
        ? `must be at least ${String(issue.minimum)}`
        : `needs at least ${String(issue.minimum)}`
    case 'too_big':
      if (!issue.message.startsWith('Too big')) return issue.message
      return issue.origin === 'number'
        ? `must be at most ${String(issue.maximum)}`
        : `is too long: at most ${String(issue.maximum)}`
    case 'custom': {
      const choices: unknown = issue.params?.['choices']
      const meant =
        typeof value === 'string' && Array.isArray(choices)
          ? suggest(value, choices.map(String))
          : null
      return meant === null
        ? issue.message
        : `${issue.message}; did you mean ${JSON.stringify(meant)}?`
    }
    default:
      return issue.message
  }
}

/** The words that an enumeration, a literal or a `type` key may be. */
function options(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  const choices: unknown = 'options' in issue ? issue.options : []
  return Array.isArray(choices) ? choices.map(String) : []
}

function expectation(expected: string): string {
  const named: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list (lines that start with "- ")',
    object: 'keys with values',
    record: 'keys with values',
  }
  return named[expected] ?? expected
}

function kind(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return (
    { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ??
    'keys with values'
  )
}

const quote = (value: unknown) =>
  typeof value === 'string' ? JSON.stringify(toPrintable(value, 60)) : kind(value)

/** True below `auth` and `headers`, at an address and at a client key. */
function isSecret(path: Path): boolean {
  return path.includes('auth') || path.includes(HEADERS) || path.at(-1) === 'url'
}

/** Their names are a person's own: a secret in the wrong place may be one. */
const HEADERS = 'headers'

function withoutSecret(message: string, path: Path, value: unknown): string {
  if (!isSecret(path) || typeof value !== 'string' || value === '') return message
  return message.replaceAll(JSON.stringify(value), 'this').replaceAll(value, '…')
}

/** `sources[0].tls: `, or nothing at the top; not further than `headers`. */
function where(path: Path): string {
  const end = path.indexOf(HEADERS)
  const shown = end === -1 ? path : path.slice(0, end + 1)
  const text = shown.reduce<string>((before, segment) => {
    if (typeof segment === 'number') return `${before}[${segment}]`
    return `${before}${before === '' ? '' : '.'}${toPrintable(String(segment), 60)}`
  }, '')
  return text === '' ? '' : `${text}: `
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (parent, segment) =>
      typeof parent === 'object' && parent !== null ? Reflect.get(parent, segment) : undefined,
    value,
  )
}
