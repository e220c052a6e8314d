import { fail, ok, type Result } from '../../result/result.ts'
import type { Code } from '../schema.ts'
import { hasMark, markPlaceholders, replaceMarks, unsendable, type ValueOf } from '../marks.ts'
import type { ElasticsearchQuery } from './schema.ts'

const requestLine = /^\s*(?:#[^\n]*\n\s*)*(?:GET|POST)[ \t]+\/?([^\s?]*)(\?\S*)?[ \t]*(?:\n|$)/
/** Names of indices with patterns, and those to leave out; never a path of another API. */
const indices = /^(?![_.-])[a-z0-9._*,:+-]{1,500}$/

/** Whether a text names indices as they may stand in the path of a search. */
export function isIndexList(text: string): boolean {
  return indices.test(text) && text.split(',').every((name) => !/^(?:[._+]|-[._+])|^-?$/.test(name))
}

/**
 * Makes a search of its JSON: values stand only within texts, never in keys, and stay what they are.
 * All else is sent as it is written. Pure.
 */
export function bindElasticsearch(
  written: Pick<Code, 'run' | 'placeholders'>,
  valueOf: ValueOf,
): Result<ElasticsearchQuery, string> {
  const marked = markPlaceholders(written)
  if (!marked.ok) return marked
  const { text, placeholderOf } = marked.value
  const [line = '', path = '', query] = requestLine.exec(text) ?? []
  const index = line === '' ? ok(null) : readIndex(path, query)
  if (!index.ok) return index
  const json = text.slice(line.length).trim()
  if (json === '') return fail('The body of the search is missing: write {} for none.')
  const parsed = parse(json)
  if (!parsed.ok) return parsed
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value)) {
    return fail('The body of a search is an object: { "query": … }.')
  }
  const key = keyWithMark(parsed.value)
  if (key !== null) {
    return fail(
      `There is a placeholder in the key ${marked.value.restore(key)}: only a value can be filled in.`,
    )
  }
  // In valid JSON a mark is within a text.
  const problems: string[] = []
  const body = replaceMarks(json, (mark) => {
    const placeholder = placeholderOf(mark)
    if (!placeholder) return mark
    const value = valueOf(placeholder)
    if (!value.ok) {
      problems.push(value.error)
      return ''
    }
    const broken = unsendable(value.value)
    if (broken !== null) problems.push(`The value of ${placeholder.name} ${broken}.`)
    return JSON.stringify(value.value).slice(1, -1)
  })
  const [problem] = problems
  return problem === undefined
    ? ok({ kind: 'elasticsearch', index: index.value, body })
    : fail(problem)
}

function readIndex(path: string, query: string | undefined): Result<string | null, string> {
  if (query !== undefined)
    return fail('Parameters in the first line are not sent: put them into the body.')
  if (hasMark(path))
    return fail(
      'There is a placeholder in the first line: only a value of the body can be filled in.',
    )
  const index = /^(?:(.*)\/)?_search$/.exec(path)
  if (!index) return fail('Only _search is sent: write GET index/_search.')
  const [, names] = index
  if (names === undefined) return ok(null)
  return isIndexList(names)
    ? ok(names)
    : fail('The first line names no indices: write GET index/_search.')
}

function parse(json: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(json))
  } catch {
    return fail(
      hasMark(json)
        ? 'It is no valid JSON: a placeholder has to stand within a text, as in "<name>".'
        : 'It is no valid JSON.',
    )
  }
}

/** The first key with a placeholder in it. */
function keyWithMark(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  for (const [key, each] of Object.entries(value)) {
    if (hasMark(key)) return key
    const within = keyWithMark(each)
    if (within !== null) return within
  }
  return null
}
