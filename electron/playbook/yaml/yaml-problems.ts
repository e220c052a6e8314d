import { isAlias, isMap, isScalar, isSeq, visit, type Document, type ErrorCode } from 'yaml'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { MERGE_KEY, type Position, type Positions } from './positions.ts'

/** A place in the text and what is wrong there. */
export interface Finding extends Position {
  readonly message: string
}

/**
 * Our own words for what the YAML parser reports. The parser's messages quote the text, which may
 * be a secret, so they are never passed on.
 */
const words: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'YAML is indented with spaces: replace the tab',
  BAD_INDENT: 'the indentation does not line up with the lines above, or a bracket is not closed',
  BAD_ALIAS: 'this alias (*name) has no anchor (&name) above it; put a text with * in quotes',
  BAD_SCALAR_START: 'a text cannot start with this character: put it in quotes',
  BAD_DQ_ESCAPE:
    'this escape is not known in double quotes: write \\\\ for a backslash, or use single quotes',
  MISSING_CHAR:
    'a quote, a bracket, a comma or a colon is missing here or just above, or the indentation is off',
  BLOCK_AS_IMPLICIT_KEY: 'a text with ": " in it belongs in quotes; else a line break is missing',
  MULTILINE_IMPLICIT_KEY: 'a ":" is missing after this key, or a quote is not closed',
  UNEXPECTED_TOKEN: 'this does not belong here: look for a missing quote, bracket or line break',
  MULTIPLE_DOCS: 'one file holds one configuration: remove the line "---" and what follows it',
  NON_STRING_KEY: 'keys are plain texts',
  RESOURCE_EXHAUSTION: 'the file is nested far too deep',
  TAG_RESOLVE_FAILED: 'tags (!name) are not supported: write the value itself',
}

/** Where what follows is read askew: of the problems behind one of these, none need be true. */
const breaking: ReadonlySet<ErrorCode> = new Set([
  'TAB_AS_INDENT',
  'BAD_INDENT',
  'MISSING_CHAR',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'MULTILINE_IMPLICIT_KEY',
  'UNEXPECTED_TOKEN',
  'IMPOSSIBLE',
  'MULTIPLE_DOCS',
])

/** Syntax errors of a document, tags and aliases that mean nothing, and keys that are written twice. */
export function findYamlProblems(document: Document, positions: Positions): readonly Finding[] {
  const syntax = [...document.errors, ...document.warnings]
  const fatal = syntax.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  if (syntax.length > 0) {
    return (fatal ? [fatal] : believable(syntax)).map((problem) => ({
      ...positions.ofOffset(problem.pos[0]),
      message: words[problem.code] ?? 'this is not valid YAML',
    }))
  }
  return [
    ...findTagsAndAliases(document, positions),
    ...findTwins(document, positions),
    ...findWrongMerges(document, positions),
  ]
}

/** What is wrong up to the first place from which on the text is read askew. */
function believable<Problem extends { readonly code: ErrorCode; readonly pos: readonly number[] }>(
  problems: readonly Problem[],
): readonly Problem[] {
  const inOrder = problems.toSorted((a, b) => (a.pos[0] ?? 0) - (b.pos[0] ?? 0))
  const first = inOrder.findIndex(({ code }) => breaking.has(code))
  return first === -1 ? inOrder : inOrder.slice(0, first + 1)
}

function findTagsAndAliases(document: Document, positions: Positions): readonly Finding[] {
  const found: Finding[] = []
  // In the order of the text: an alias refers to an anchor above it.
  const anchors = new Set<string>()
  visit(document, {
    Node(_key, node) {
      const report = (message = '') => {
        found.push({ ...positions.ofOffset(node.range?.[0] ?? 0), message })
      }
      if (isAlias(node) && !anchors.has(node.source)) report(words.BAD_ALIAS)
      if (!isAlias(node) && node.anchor !== undefined) anchors.add(node.anchor)
      if (node.tag !== undefined) report(words.TAG_RESOLVE_FAILED)
    },
  })
  return found
}

/** A merge key takes a map, an alias of one, or a list of such. */
function findWrongMerges(document: Document, positions: Positions): readonly Finding[] {
  const found: Finding[] = []
  const isMapLike = (node: unknown) =>
    isMap(node) || (isAlias(node) && isMap(node.resolve(document)))
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || key.value !== MERGE_KEY || key.type !== 'PLAIN') return
      if (isMapLike(value) || (isSeq(value) && value.items.every(isMapLike))) return
      found.push({
        ...positions.ofOffset(key.range?.[0] ?? 0),
        message: 'the merge key << takes an alias (*name) of a map, or a list of them',
      })
    },
  })
  return found
}

/** The parser looks for twins by comparing each key with each other one: too slow for a large map. */
function findTwins(document: Document, positions: Positions): readonly Finding[] {
  const found: Finding[] = []
  visit(document, {
    Map(_key, map) {
      const lineOf = new Map<string, number>()
      if (!isMap(map)) return
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        const position = positions.ofOffset(key.range?.[0] ?? 0)
        const first = lineOf.get(name)
        if (first === undefined) {
          lineOf.set(name, position.line)
        } else {
          const shown = JSON.stringify(toPrintable(name, 60))
          found.push({ ...position, message: `${shown} is written twice: first in line ${first}` })
        }
      }
    },
  })
  return found
}
