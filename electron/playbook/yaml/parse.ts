import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
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
      stringKeys: true,
      // Looked for by our own, faster, check.
      uniqueKeys: false,
      schema: 'core',
      resolveKnownTags: false,
      // Silent would also let a second document pass.
      logLevel: 'error',
    })
    const positions = createPositions(document, lines)
    const broken = findYamlProblems(document, positions)
    if (broken.length > 0) return fail(broken)
    if (document.contents === null) return top(whenEmpty)
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
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
