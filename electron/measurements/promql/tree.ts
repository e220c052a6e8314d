import { parser } from '@prometheus-io/lezer-promql'

/** A node of the tree of an expression. */
export type Node = ReturnType<typeof parser.parse>['topNode']

/** Longest expression that is read, UTF-16 units. */
const MAX_LENGTH = 10_000

/** The tree of an expression, and where the grammar does not understand it. */
export interface Tree {
  readonly top: Node
  /** The place of the first thing that is not understood, UTF-16 units from the start; null for none. */
  readonly errorAt: number | null
  /** The names of all nodes, which tell whether two expressions are built alike. */
  shape(): string
}

/** Reads an expression by the grammar of PromQL; null for one that is too long. */
export function readTree(promql: string): Tree | null {
  if (promql.length > MAX_LENGTH) return null
  const tree = parser.parse(promql)
  let errorAt: number | null = null
  tree.iterate({
    enter(node) {
      if (node.type.isError) errorAt ??= node.from
    },
  })
  return { top: tree.topNode, errorAt, shape: () => namesOf(tree.topNode) }
}

/** The children of a node, in order. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

function namesOf(node: Node): string {
  const inner = childrenOf(node).map(namesOf)
  return inner.length === 0 ? node.name : `${node.name}(${inner.join(',')})`
}
