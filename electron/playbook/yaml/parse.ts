import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { dialect } from './dialect.ts'
import { createPositions } from './positions.ts'
import { wordIssues } from './schema-problems.ts'
import { findYamlProblems, type Finding } from './yaml-problems.ts'

/** So many problems are listed at most: the rest is usually the same one again. */
const MAX_PROBLEMS = 50
/** Values that aliases may stand for in all; beyond it the file unfolds into a bomb. */
const MAX_ALIASES = 100

/** What a YAML file is read by. */
export interface YamlForm<Schema extends z.ZodType> {
  readonly schema: Schema
  /** What to say of a file with nothing in it. */
  readonly whenEmpty: string
}

/**
 * Reads the text of a YAML file by a schema. YAML 1.2, one document, no tags.
 *
 * @param file the name that problems are reported under.
 * @returns what the schema makes of it, or every problem with its line and column.
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  form: YamlForm<Schema>,
): Result<z.output<Schema>, readonly ConfigProblem[]> {
  const read = readDocument(text, form)
  if (!read.ok) {
    const inOrder = read.error.toSorted((a, b) => a.line - b.line || a.column - b.column)
    return fail(inOrder.slice(0, MAX_PROBLEMS).map((finding) => ({ file, ...finding })))
  }
  return read
}

/** So often parts with problems are left out before nothing is taken. */
const MAX_SALVAGE_TURNS = 4

/** Where something is in a document: keys and places in lists. */
type Path = readonly PropertyKey[]

/**
 * What a schema makes of a text once the parts with problems are left out; null when nothing is left
 * that it takes, or when the text is no YAML.
 *
 * @param partOf the part that is left out because of a problem at a path; empty: the whole.
 */
export function salvageYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  partOf: (path: Path) => Path,
): z.output<Schema> | null {
  const document = parseDocument(text, dialect)
  if (document.errors.length > 0) return null
  // What is compared with each other is checked once each is right by itself: hence again.
  for (let turn = 0; turn < MAX_SALVAGE_TURNS; turn += 1) {
    const parsed = schema.safeParse(toValue(document))
    if (parsed.success) return parsed.data
    const parts = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => partOf([...issue.path, key]))
        : [partOf(issue.path)],
    )
    const unique = new Map(parts.map((part) => [JSON.stringify(part), part]))
    // From the end, so that places in lists stay what they were.
    const inOrder = [...unique.values()].toSorted((a, b) => Number(b.at(-1)) - Number(a.at(-1)))
    for (const part of inOrder) {
      if (part.length === 0 || !document.deleteIn(part)) return null
    }
  }
  return null
}

/** Undefined where aliases unfold without end. */
function toValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return withoutExtensions(document.toJS({ maxAliasCount: MAX_ALIASES }))
  } catch {
    return undefined
  }
}

/** Keys at the top that begin so are nobody's: a place for what aliases and merge keys repeat. */
const EXTENSION = 'x-'

function withoutExtensions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith(EXTENSION)))
}

function readDocument<Schema extends z.ZodType>(
  text: string,
  { schema, whenEmpty }: YamlForm<Schema>,
): Result<z.output<Schema>, readonly Finding[]> {
  const top = (message: string) => fail([{ line: 1, column: 1, message }])
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      // Pretty errors quote the text, and the text may be a secret.
      prettyErrors: false,
      // Looked for by our own, faster, check.
      uniqueKeys: false,
      ...dialect,
      // Silent would also let a second document pass.
      logLevel: 'error',
    })
    const positions = createPositions(document, lines)
    const broken = findYamlProblems(document, positions)
    if (broken.length > 0) return fail(broken)
    if (document.contents === null) return top(whenEmpty)
    const value = withoutExtensions(document.toJS({ maxAliasCount: MAX_ALIASES }))
    if (value === null) return top(whenEmpty)
    const parsed = schema.safeParse(value)
    return parsed.success
      ? ok(parsed.data)
      : fail(wordIssues(parsed.error.issues, { value, positions, schema }))
  } catch (error) {
    // Thrown for aliases that unfold without end; anything else is a bug.
    if (error instanceof ReferenceError) {
      return top('the aliases (*name) unfold into far too many values: write them out')
    }
    throw error
  }
}
