import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml'

/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Steps from the top of a document: keys of maps and indexes of lists. */
export type Path = readonly PropertyKey[]

/** Where the keys and values of a YAML document stand in its text. */
export interface Positions {
  /** The key that the path's last step names, or the list item; its parent's where it is missing. */
  ofKey(path: Path): Position
  /** The value at the path; where it is missing or empty its key's, else its parent's. */
  ofValue(path: Path): Position
  /** True when the document has something at the path, be it empty. */
  has(path: Path): boolean
  ofOffset(offset: number): Position
}

/** The key under which a map takes over what other maps say. */
export const MERGE_KEY = '<<'

/** What one step of a path leads to; `key` is null in a list. */
interface Place {
  readonly key: Node | null
  readonly value: Node | null
}

/** Reads positions from a parsed document; aliases are followed to what they stand for. */
export function createPositions(document: Document, lines: LineCounter): Positions {
  const ofOffset = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }

  const start = (node: Node | null): number | null => node?.range?.[0] ?? null

  const step = (parent: Node | null, segment: PropertyKey): Place | null => {
    const node = isAlias(parent) ? (parent.resolve(document) ?? null) : parent
    if (isMap<Node, Node>(node)) {
      const named = (name: string) =>
        node.items.find(({ key }) => isScalar(key) && String(key.value) === name)
      const pair = named(String(segment))
      if (pair) return { key: pair.key, value: pair.value }
      const merged = named(MERGE_KEY)?.value ?? null
      for (const each of isSeq<Node>(merged) ? merged.items : [merged]) {
        const place = each === null ? null : step(each, segment)
        if (place) return place
      }
      return null
    }
    if (isSeq<Node>(node) && typeof segment === 'number') {
      const value = node.items[segment]
      return value ? { key: null, value } : null
    }
    return null
  }

  /** The places along the path, as far as the document has them; the first is the whole. */
  const walk = (path: Path): readonly Place[] => {
    const places: Place[] = [{ key: null, value: document.contents }]
    for (const segment of path) {
      const next = step(places.at(-1)?.value ?? null, segment)
      if (!next) break
      places.push(next)
    }
    return places
  }

  return {
    ofOffset,
    has: (path) => walk(path).length > path.length,
    ofKey(path) {
      const last = walk(path).at(-1)
      return ofOffset(start(last?.key ?? null) ?? start(last?.value ?? null) ?? 0)
    },
    ofValue(path) {
      const last = walk(path).at(-1)
      const isEmpty = isScalar(last?.value) && last.value.value === null
      const value = isEmpty ? null : (last?.value ?? null)
      return ofOffset(start(value) ?? start(last?.key ?? null) ?? start(last?.value ?? null) ?? 0)
    },
  }
}
