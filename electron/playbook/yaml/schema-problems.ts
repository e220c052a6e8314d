import { DURATION_TITLE } from '#shared/domain/duration/duration.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { allowedKeys, isMarkedAt, suggest } from './allowed-keys.ts'
import { expectation, foundKind } from './kind-words.ts'
import type { Path } from './positions.ts'
import { resolveUnion, valueAt, type Issue, type Source } from './union-issues.ts'
import type { Finding } from './yaml-problems.ts'

/** So many issues, and keys of one issue, are looked up at most: each lookup walks the document. */
const MAX_LOOKUPS = 100

/**
 * Says what a schema found, in words and at the place in the file. A value that is or may hold a
 * secret (all of `auth` and of `headers`, every address) is never repeated.
 */
export function wordIssues(issues: readonly Issue[], source: Source): readonly Finding[] {
  const flat = issues.slice(0, MAX_LOOKUPS).flatMap((issue) => resolveUnion(issue, source))
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
  if (issue.code === 'invalid_key') {
    const [why] = issue.issues
    const shown = JSON.stringify(toPrintable(name, 60))
    return {
      ...positions.ofKey(issue.path),
      message: `${where(issue.path.slice(0, -1))}${shown} cannot be a name here: ${why?.message ?? ''}`,
    }
  }
  const key: unknown = issue.code === 'custom' ? issue.params?.['key'] : undefined
  if (typeof key === 'string') {
    const place = positions.ofKey([...issue.path, key])
    return { ...place, message: `${where(issue.path)}${issue.message}` }
  }
  const value = valueAt(source.value, issue.path)
  // What is said of a header quotes no value; one such as "a" occurs in every sentence.
  const isQuoted = issue.code !== 'custom' || !issue.path.includes(HEADERS)
  const message =
    value === null && issue.path.length > 0
      ? 'has no value'
      : isQuoted
        ? withoutSecret(say(issue, value, source), issue.path, value)
        : issue.message
  return { ...positions.ofValue(issue.path), message: `${where(issue.path)}${message}` }
}

function say(issue: Issue, value: unknown, source: Source): string {
  switch (issue.code) {
    case 'invalid_type': {
      const isDuration = isMarkedAt(source.schema, issue.path, source.value, DURATION_TITLE)
      const hint =
        isDuration && typeof value === 'number' ? '; a duration has a unit, as in 15s' : ''
      const isUnquoted =
        issue.path.includes(HEADERS) && ['number', 'boolean'].includes(typeof value)
      const quotes = isUnquoted ? '; put it in quotes' : ''
      return `expected ${expectation(issue.expected)}, found ${foundKind(value)}${hint}${quotes}`
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
    case 'invalid_format':
      return issue.format === 'url' && issue.message === 'Invalid URL'
        ? 'this is no address: write it as https://host/path'
        : issue.message
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

const quote = (value: unknown) =>
  typeof value === 'string' ? JSON.stringify(toPrintable(value, 60)) : foundKind(value)

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
