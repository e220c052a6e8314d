import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, isSeq, type Document } from 'yaml'
import { MERGE_KEY } from './positions.ts'
import type { PlainMap, PlainValue } from '#shared/domain/text/plain.ts'

type Path = readonly (string | number)[]

/** What is to be changed stands elsewhere in the text, and others may say the same by it. */
export class AliasInTheWay extends Error {}

/** True for what {@link patchDocument} throws where the text cannot be changed in this place. */
export function isInTheWay(error: unknown): boolean {
  if (error instanceof AliasInTheWay) return true
  // The library's own words for a path through an alias, and for an alias whose text is gone.
  return (
    error instanceof Error && /^(Expected YAML collection|Unresolved alias)/.test(error.message)
  )
}

/**
 * Makes a document say `after` where it said `before`, and touches nothing that both agree on: its
 * comments, quotes and order stay. Undefined means "not there".
 *
 * @throws AliasInTheWay, or what the library says, where the path leads through an alias or a merge
 * key, which stand for text elsewhere.
 */
export function patchDocument(
  document: Document,
  path: Path,
  before: PlainValue | undefined,
  after: PlainValue | undefined,
): void {
  if (isDeepStrictEqual(before, after)) return
  if (after === undefined) {
    const isThere = document.deleteIn(path)
    // What is not in the map itself comes from another one.
    if (!isThere && document.hasIn([...path.slice(0, -1), MERGE_KEY])) throw new AliasInTheWay()
    return
  }
  const node = document.getIn(path, true)
  if (isPlainMap(before) && isPlainMap(after) && isMap(node)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      patchDocument(document, [...path, key], before[key], after[key])
    }
    return
  }
  if (Array.isArray(after) && isSeq(node)) {
    patchList(document, path, after)
    return
  }
  if (isScalar(node) && !Array.isArray(after) && !isPlainMap(after)) {
    node.value = after
    return
  }
  document.setIn(path, document.createNode(after))
}

/** Entries that stay are moved with their comments; only new ones are written anew. */
function patchList(document: Document, path: Path, after: readonly PlainValue[]): void {
  const list = document.getIn(path, true)
  if (!isSeq(list)) return
  const left = [...list.items]
  list.items = after.map((value) => {
    const found = left.findIndex((item) => isDeepStrictEqual(plainOf(item, document), value))
    if (found === -1) return document.createNode(value)
    const [kept] = left.splice(found, 1)
    return kept
  })
}

function plainOf(item: unknown, document: Document): unknown {
  if (isScalar(item)) return item.value
  return isMap(item) || isSeq(item) ? item.toJS(document) : item
}

function isPlainMap(value: PlainValue | undefined): value is PlainMap {
  return typeof value === 'object' && !Array.isArray(value)
}
