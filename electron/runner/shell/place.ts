import { argumentProblem } from './argument-place.ts'
import { dangerousVariable } from './dangerous-variables.ts'
import type { ShellNode } from './tree.ts'
import { wordOf, type Word } from './word.ts'

/** Where a value would be put in. Offsets are those of the text that was parsed. */
export type Place =
  | {
      readonly kind:
        /** It gets double quotes of its own. */
        | 'bare'
        /** The author's double quotes are around it already. */
        | 'quoted'
        /** The author's quotes are around it alone, and are replaced. */
        | 'own-quotes'
      readonly start: number
      readonly end: number
      /** Null, or the variable of the text that gets it. */
      readonly assigns: string | null
      /** It stands in a web address, behind `://`. */
      readonly isInUrl: boolean
    }
  | { readonly kind: 'comment' }
  | { readonly kind: 'refused'; readonly reason: string }

/** A node and those around it, the outermost first. */
export interface Found {
  readonly node: ShellNode
  readonly around: readonly ShellNode[]
}

/** All nodes that fit, with those around them. */
export function findNodes(root: ShellNode, fits: (node: ShellNode) => boolean): readonly Found[] {
  const found: Found[] = []
  const visit = (node: ShellNode, around: readonly ShellNode[]) => {
    if (fits(node)) found.push({ node, around })
    for (const child of node.children) visit(child, [...around, node])
  }
  visit(root, [])
  return found
}

const refused = (reason: string): Place => ({ kind: 'refused', reason })

/** Around a word, what makes of it more than an argument. */
const unsafeAround: Readonly<Record<string, string>> = {
  ArithmExp: 'It stands in a calculation, where the shell may run what is in it.',
  ArithmCmd: 'It stands in a calculation, where the shell may run what is in it.',
  LetClause: 'It stands in a calculation, where the shell may run what is in it.',
  CStyleLoop: 'It stands in a calculation, where the shell may run what is in it.',
  BinaryArithm: 'It stands in a calculation, where the shell may run what is in it.',
  TestClause: 'It stands in a comparison, where the shell may run what is in it.',
  ParamExp: 'It stands within the expansion of a variable.',
  ExtGlob: 'It stands in a pattern.',
  WordIter: 'It stands in the list of a loop.',
  CaseItem: 'It stands in a pattern.',
  ArrayExpr: 'It stands in a list.',
  FuncDecl: 'It is the name of a function.',
}

/** Of which of these a command may stand below, and still be a command by itself. */
const isCommandHolder = (node: ShellNode) => node.type === 'FuncDecl' || node.type === 'CaseItem'

/** The `value` that stands in a node of a tree; `isVariable`: the author wrote it as `$NAME`. */
export function placeOf(
  { node, around }: Found,
  marker: string,
  text: string,
  {
    isVariable,
    functions,
  }: { readonly isVariable: boolean; readonly functions: ReadonlySet<string> },
): Place {
  if (node.type === 'Comment') return { kind: 'comment' }
  const wordAt = around.findLastIndex(({ type }) => type === 'Word')
  const wordNode = around[wordAt]
  if (!wordNode) return refused('It is a name for the shell.')
  const inWord = around.slice(wordAt + 1)
  const [quotes] = inWord
  const holder = around[wordAt - 1]
  const outside = outsideProblem(around.slice(0, wordAt))
  if (outside !== null) return refused(outside)
  const start = text.indexOf(marker, node.start)
  const isWhole = node.type === 'SglQuoted' ? node.value === marker : isAlone(quotes, marker)
  const isInDouble = quotes?.type === 'DblQuoted' && inWord.length === 1 && quotes.isPlain
  let kind: 'bare' | 'quoted' | 'own-quotes' = 'bare'
  if (node.type === 'SglQuoted' || isInDouble) {
    if (isWhole && (isInDouble || node.isPlain)) kind = 'own-quotes'
    else if (isInDouble && isVariable) kind = 'quoted'
    else return refused('It stands within quotes, together with something else.')
  } else if (inWord.length > 0 || node.type !== 'Lit') {
    return refused(
      inWord.map(({ type }) => unsafeAround[type]).find(Boolean) ?? 'It stands within quotes.',
    )
  }
  if (/\{.*(?:,|\.\.)/s.test(text.slice(wordNode.start, wordNode.end)))
    return refused('It stands within braces, of which the shell makes several words.')
  const problem = holderProblem(holder, around.slice(0, wordAt), wordNode, text, functions)
  if (problem !== null) return refused(problem)
  const ownQuotes = kind === 'own-quotes' ? (quotes ?? node) : null
  return {
    kind,
    start: ownQuotes?.start ?? start,
    end: ownQuotes?.end ?? start + marker.length,
    assigns: holder?.type === 'Assign' ? holder.value : null,
    isInUrl: text.slice(wordNode.start, start).includes('://'),
  }
}

/** Whether double quotes have nothing but a marker in them. */
function isAlone(quotes: ShellNode | undefined, marker: string): boolean {
  const [only] = quotes?.children ?? []
  return quotes?.children.length === 1 && only?.type === 'Lit' && only.value === marker
}

/** What stands around the innermost command or word, up to the whole. */
function outsideProblem(around: readonly ShellNode[]): string | null {
  for (const [index, node] of around.entries()) {
    if (node.type === 'Redirect') {
      return 'It stands in a redirection or a here-document.'
    }
    if (isCommandHolder(node) && around[index + 1]?.type === 'Stmt') continue
    const problem = unsafeAround[node.type]
    if (problem !== undefined) return problem
  }
  return null
}

/** Whether a command substitution is written with backquotes, where quotes mean something else. */
function isBackquoted(node: ShellNode, text: string): boolean {
  return node.type === 'CmdSubst' && text[node.start] === '`'
}

function holderProblem(
  holder: ShellNode | undefined,
  around: readonly ShellNode[],
  wordNode: ShellNode,
  text: string,
  functions: ReadonlySet<string>,
): string | null {
  if (around.some((node) => isBackquoted(node, text))) return 'It stands within backquotes.'
  if (holder?.type === 'Assign') return assignProblem(holder, around, text)
  if (holder?.type !== 'CallExpr') return 'It is no argument of a command.'
  const nodes = holder.children.filter(({ type }) => type === 'Word')
  const words: readonly Word[] = nodes.map((each) => wordOf(each, text))
  return argumentProblem(words, nodes.indexOf(wordNode), functions)
}

function assignProblem(
  assign: ShellNode,
  around: readonly ShellNode[],
  text: string,
): string | null {
  const by = around.at(-2)
  if (assign.value === '' || text[assign.start + assign.value.length] !== '=') {
    return 'It stands in a list or in the name of a variable.'
  }
  if (dangerousVariable(assign.value)) return `${assign.value} decides which programs run, or how.`
  if (by?.type === 'DeclClause') {
    const declared = text.slice(by.start, by.end)
    const hasOptions = by.children.some((child) => child.type !== 'Assign' || child.value === '')
    if (hasOptions || /\s[-+]\w/.test(declared.slice(0, assign.start - by.start))) {
      return 'It is the value of a variable with options.'
    }
    return null
  }
  return by?.type === 'CallExpr' ? null : 'It is no argument of a command.'
}
