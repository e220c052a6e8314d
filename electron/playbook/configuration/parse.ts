import { LineCounter, parseDocument } from 'yaml'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { configurationSchema, type Configuration } from '#shared/domain/configuration/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { createPositions } from '../yaml/positions.ts'
import { wordIssues } from '../yaml/schema-problems.ts'
import { findYamlProblems, type Finding } from '../yaml/yaml-problems.ts'

/** So many problems are told at most: the rest is usually the same one again. */
const MAX_PROBLEMS = 50
/** Values that aliases may stand for in all; beyond it the file unfolds into a bomb. */
const MAX_ALIASES = 100

const EMPTY = `the file is empty. Start with: sources: [{ type: alertmanager, name: main, url: "http://127.0.0.1:9093" }] - or delete the file to run the drill`

/**
 * Reads the text of `deckwatch.yaml`. YAML 1.2, one document, no tags.
 *
 * @param file the name that problems are reported under.
 * @returns the configuration with durations in ms, or every problem with its line and column.
 */
export function parseConfiguration(
  text: string,
  file: string,
): Result<Configuration, readonly ConfigProblem[]> {
  const read = readDocument(text)
  if (!read.ok) {
    const inOrder = read.error.toSorted((a, b) => a.line - b.line || a.column - b.column)
    return fail(inOrder.slice(0, MAX_PROBLEMS).map((finding) => ({ file, ...finding })))
  }
  return read
}

function readDocument(text: string): Result<Configuration, readonly Finding[]> {
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
    if (document.contents === null) return top(EMPTY)
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
    if (value === null) return top(EMPTY)
    const parsed = configurationSchema.safeParse(value)
    return parsed.success
      ? ok(parsed.data)
      : fail(wordIssues(parsed.error.issues, { value, positions }))
  } catch (error) {
    // Thrown for aliases that unfold without end; anything else is a bug.
    if (error instanceof ReferenceError) {
      return top('the aliases (*name) unfold into far too many values: write them out')
    }
    throw error
  }
}
