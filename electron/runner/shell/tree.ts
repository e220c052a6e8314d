import type { GoNode, Syntax } from 'mvdan-sh'
import { z } from 'zod'

/** A node of a shell's syntax tree. Plain data; offsets are UTF-16 units of the text. */
export interface ShellNode {
  /** As mvdan/sh names it: `CallExpr`, `Word`, `Lit` … */
  readonly type: string
  readonly start: number
  readonly end: number
  readonly children: readonly ShellNode[]
  /** The text of a `Lit`, `SglQuoted` or `Comment`; the variable of a `ParamExp` or an `Assign`. */
  readonly value: string
  /** `ParamExp`: nothing but the variable's value. `SglQuoted`, `DblQuoted`: without a `$` before it. */
  readonly isPlain: boolean
  /** `Stmt`: ends with `&`. */
  readonly isBackground: boolean
}

/**
 * What mvdan/sh and this reading of it both know; whatever else a text has is refused. So are
 * coprocesses, in which the parser takes the command for a name.
 */
const known = new Set(
  (
    'File Stmt CallExpr Word Lit SglQuoted DblQuoted ParamExp CmdSubst ArithmExp ProcSubst ExtGlob ' +
    'Redirect Assign ArrayExpr ArrayElem Block Subshell IfClause WhileClause ForClause WordIter ' +
    'CStyleLoop FuncDecl CaseClause CaseItem TestClause BinaryTest UnaryTest ParenTest ArithmCmd ' +
    'BinaryArithm UnaryArithm ParenArithm DeclClause LetClause TimeClause BinaryCmd Comment'
  ).split(' '),
)

const named = z.object({ Value: z.string() })

/** A part of a shell's syntax that is not known, by the name of its node. */
export class UnknownSyntax extends Error {}

/**
 * Copies the tree of the parser into plain data.
 *
 * @throws {UnknownSyntax} for a kind of node that is not known.
 */
export function plainTree(syntax: Syntax, file: GoNode, text: string): ShellNode {
  const at = offsetsOf(text)
  interface Growing extends ShellNode {
    readonly children: ShellNode[]
  }
  const stack: Growing[] = []
  const roots: Growing[] = []
  syntax.Walk(file, (node) => {
    if (node === null) {
      stack.pop()
      return true
    }
    const type = typeOf(syntax, node)
    if (!known.has(type)) throw new UnknownSyntax(type)
    const value = valueOf(type, node)
    const disputed = disputedNode(type, value, text, at(node.Pos().Offset()))
    if (disputed !== null) throw new UnknownSyntax(disputed)
    const grown: Growing = {
      type,
      start: at(node.Pos().Offset()),
      end: at(node.End().Offset()),
      children: [],
      value,
      isPlain: isPlain(type, node),
      isBackground: type === 'Stmt' && node['Background'] === true,
    }
    ;(stack.at(-1)?.children ?? roots).push(grown)
    stack.push(grown)
    return true
  })
  const [root] = roots
  if (!root) throw new UnknownSyntax('nothing')
  return root
}

/**
 * What the parser reads otherwise than bash does, as tests against bash have shown; null: nothing.
 * Bash takes ASCII names only, and a comment or the number of a redirection begins nowhere but where
 * a word could: behind a closing quote the parser sees one.
 */
function disputedNode(type: string, value: string, text: string, start: number): string | null {
  if (type === 'ParamExp' && /[^\p{ASCII}]/u.test(value)) return value
  if (type === 'Assign' && value !== '') {
    return /^[A-Za-z_]\w*$/.test(value) && text.startsWith(value, start) ? null : value
  }
  if (type === 'Comment' || (type === 'Redirect' && /[\d{]/.test(text[start] ?? ''))) {
    const isWordStart =
      start === 0 || /(?:^|[^\\])[\s;&|(]$/.test(text.slice(Math.max(0, start - 2), start))
    // To bash a comment always ends with its line, also behind a backslash.
    const isOneLine = type !== 'Comment' || value === /^#(.*)/.exec(text.slice(start))?.[1]
    return isWordStart && isOneLine ? null : text.slice(Math.max(0, start - 1), start + 1)
  }
  return null
}

/** Its kind; asking the parser for it takes longer than all the rest. */
function typeOf(syntax: Syntax, node: GoNode): string {
  const { $type } = node
  const [, type] = typeof $type === 'string' ? (/\.\*(\w+)$/.exec($type) ?? []) : []
  return type ?? syntax.NodeType(node)
}

function valueOf(type: string, node: GoNode): string {
  if (type === 'Lit' || type === 'SglQuoted') return z.string().parse(node['Value'])
  if (type === 'Comment') return z.string().parse(node['Text'])
  const of =
    type === 'ParamExp' ? 'Param' : type === 'Assign' || type === 'FuncDecl' ? 'Name' : null
  // `export "$name"` has an assignment without a name.
  if (of === null || !node[of]) return ''
  return named.parse({ Value: (node[of] as { readonly Value: unknown }).Value }).Value
}

const parameterExtras = ['Excl', 'Length', 'Width', 'Index', 'Slice', 'Repl', 'Names', 'Exp']

function isPlain(type: string, node: GoNode): boolean {
  if (type === 'ParamExp') return parameterExtras.every((extra) => !node[extra])
  return !node['Dollar']
}

/** Says for an offset in bytes of UTF-8 which one it is in UTF-16 units. */
function offsetsOf(text: string): (bytes: number) => number {
  if (Buffer.byteLength(text) === text.length) return (bytes) => bytes
  const offsets: number[] = []
  let index = 0
  for (const character of text) {
    const bytes = Buffer.byteLength(character)
    for (let each = 0; each < bytes; each++) offsets.push(index)
    index += character.length
  }
  return (bytes) => offsets[bytes] ?? text.length
}
