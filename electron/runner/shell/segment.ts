import type { ShellNode } from './tree.ts'
import { wordOf, type Word } from './word.ts'

/** `NAME=value` before a command, by itself, or behind `export`. */
export interface Assignment {
  readonly name: string
  /** Null: nothing, or a list. */
  readonly value: Word | null
  readonly start: number
  readonly end: number
}

/** `> file`, `2>&1`, `<<END` … */
export interface Redirection {
  /** `>`, `>>`, `<`, `<<<`, `2>&1` is `>&`. */
  readonly operator: string
  readonly target: Word
  readonly isHereDocument: boolean
  /** True where something may be written to the target. */
  readonly writes: boolean
}

/** One simple command, wherever it stands: in a pipeline, a substitution, a loop, a function … */
export interface Segment {
  readonly kind:
    | 'command'
    /** `[[ … ]]`. */
    | 'test'
    /** `(( … ))` and `let`. */
    | 'arithmetic'
    /** Redirections of a group, or with no command at all. */
    | 'redirection'
  readonly text: string
  readonly start: number
  readonly end: number
  /** Counted from 1. */
  readonly line: number
  /** The program and its arguments. */
  readonly words: readonly Word[]
  readonly assignments: readonly Assignment[]
  readonly redirections: readonly Redirection[]
  readonly isBackground: boolean
  /** Its input comes out of a pipe. */
  readonly readsPipe: boolean
}

/** Lists every simple command of a tree in the order of the text. */
export function segmentsOf(root: ShellNode, text: string): readonly Segment[] {
  const found: Segment[] = []
  visit(root, text, { isBackground: false, readsPipe: false }, found)
  return found.toSorted((a, b) => a.start - b.start)
}

interface Around {
  readonly isBackground: boolean
  readonly readsPipe: boolean
}

function visit(node: ShellNode, text: string, around: Around, found: Segment[]): void {
  if (node.type === 'Stmt') {
    const inner = { ...around, isBackground: around.isBackground || node.isBackground }
    const segment = statement(node, text, inner)
    if (segment !== null) found.push(segment)
    for (const child of node.children) visit(child, text, inner, found)
    return
  }
  if (node.type === 'BinaryCmd') {
    const [left, right] = node.children
    const between = left && right ? text.slice(left.end, right.start).replace(/#[^\n]*/g, '') : ''
    const isPipe = between.includes('|') && !between.includes('||')
    if (left) visit(left, text, around, found)
    if (right) visit(right, text, isPipe ? { ...around, readsPipe: true } : around, found)
    return
  }
  // What stands in a substitution has an input of its own, but for the pipe of the command around it.
  for (const child of node.children) visit(child, text, around, found)
}

const commands: Readonly<Record<string, Segment['kind']>> = {
  CallExpr: 'command',
  DeclClause: 'command',
  TestClause: 'test',
  ArithmCmd: 'arithmetic',
  LetClause: 'arithmetic',
}

function statement(node: ShellNode, text: string, around: Around): Segment | null {
  const redirects = node.children.filter(({ type }) => type === 'Redirect')
  const command = node.children.find(({ type }) => type !== 'Redirect' && type !== 'Comment')
  const kind = command ? commands[command.type] : undefined
  if (kind === undefined && redirects.length === 0) return null
  const parts = command && kind !== undefined ? command.children : []
  // `declare -n x`: an option stands where a variable would.
  const isWord = ({ type, value, children }: ShellNode) =>
    type === 'Word' || (type === 'Assign' && value === '' && children[0]?.type === 'Word')
  const words = parts
    .filter(isWord)
    .map((part) => wordOf(part.type === 'Word' ? part : (part.children[0] ?? part), text))
  const assigned = parts.filter((part) => part.type === 'Assign' && !isWord(part))
  const first = text.slice(0, node.start)
  return {
    kind: kind ?? 'redirection',
    text: text.slice(node.start, node.end).replace(/[;&\s]+$/, ''),
    start: node.start,
    end: node.end,
    line: first.split('\n').length,
    words: command?.type === 'DeclClause' ? [declarer(command, text), ...words] : words,
    assignments: assigned.map((assign) => assignmentOf(assign, text)),
    redirections: redirects.map((redirect) => redirectionOf(redirect, text)),
    ...around,
  }
}

/** `export`, `declare` … as the program that it is. */
function declarer({ start }: ShellNode, text: string): Word {
  const value = /^\w+/.exec(text.slice(start))?.[0] ?? 'declare'
  return { text: value, value, parts: [], start, end: start + value.length }
}

function assignmentOf(node: ShellNode, text: string): Assignment {
  const word = node.children.find(({ type }) => type === 'Word')
  return {
    name: node.value,
    value: word && !isIndexed(node, text) ? wordOf(word, text) : null,
    start: node.start,
    end: node.end,
  }
}

const isIndexed = (node: ShellNode, text: string) => text[node.start + node.value.length] === '['

function redirectionOf(node: ShellNode, text: string): Redirection {
  const [target] = node.children.filter(({ type }) => type === 'Word')
  if (!target) throw new Error('A redirection without a target.')
  const operator = text
    .slice(node.start, target.start)
    .replace(/^(?:\d+|\{\w+\})/, '')
    .trim()
  const word = wordOf(target, text)
  return {
    operator,
    target: word,
    isHereDocument: operator === '<<' || operator === '<<-',
    writes: operator.includes('>') && !(operator.endsWith('&') && isDescriptor(word)),
  }
}

const isDescriptor = ({ value }: Word) => value !== null && /^(?:\d+-?|-)$/.test(value)
