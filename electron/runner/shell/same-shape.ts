import type { ShellParse } from './parse.ts'
import type { ShellNode } from './tree.ts'

/**
 * Whether two texts are the same but for references in the place of markers, each of which is
 * exactly the expansion of one variable within double quotes.
 *
 * @param markers the variable of each marker.
 */
export function sameShape(
  before: ShellParse,
  after: ShellParse,
  markers: ReadonlyMap<string, string>,
): boolean {
  const variables = new Set(markers.values())
  const named = (text: string) => {
    let result = text
    for (const [marker, variable] of markers) result = result.replaceAll(marker, `<${variable}>`)
    return result
  }
  const one = JSON.stringify(
    shapeOf(before.root, (node) => [literal(named(node.value))], new Set()),
  )
  const other = JSON.stringify(shapeOf(after.root, (node) => [literal(node.value)], variables))
  return one === other
}

interface Shape {
  readonly type: string
  readonly value: string
  readonly children: readonly Shape[]
}

const literal = (value: string): Shape => ({ type: 'Lit', value, children: [] })

function shapeOf(
  node: ShellNode,
  leaf: (node: ShellNode) => readonly Shape[],
  variables: ReadonlySet<string>,
): readonly Shape[] {
  if (node.type === 'Comment') return []
  if (node.type === 'Lit') return leaf(node)
  const [only] = node.children
  const isReference = (each: ShellNode | undefined): each is ShellNode =>
    each?.type === 'ParamExp' && each.isPlain && variables.has(each.value)
  // `"${V}"` in a word stands for the marker; a bare `${V}` there stays what it is, and differs.
  if (
    node.type === 'DblQuoted' &&
    node.isPlain &&
    node.children.length === 1 &&
    isReference(only)
  ) {
    return [{ ...literal(`<${only.value}>`), type: 'Quoted' }]
  }
  const isInQuotes = node.type === 'DblQuoted'
  const children = node.children.flatMap((child) =>
    isInQuotes && isReference(child)
      ? [literal(`<${child.value}>`)]
      : shapeOf(child, leaf, variables),
  )
  return [{ type: node.type, value: node.value, children: merged(children, node.type) }]
}

/** Adjacent literals as one; within a word a quoted reference is one of them. */
function merged(children: readonly Shape[], parent: string): readonly Shape[] {
  const result: Shape[] = []
  for (const child of children) {
    const isText = child.type === 'Lit' || (child.type === 'Quoted' && parent === 'Word')
    const last = result.at(-1)
    if (isText && last?.type === 'Lit')
      result[result.length - 1] = literal(last.value + child.value)
    else result.push(isText ? literal(child.value) : child)
  }
  return result
}
