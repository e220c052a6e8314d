import type { ShellNode } from './tree.ts'

/** A piece of a word. Offsets are UTF-16 units of the text. */
export interface WordPart {
  readonly kind:
    /** Unquoted text, as it is written. */
    | 'literal'
    /** `'…'`. */
    | 'single'
    /** `"…"`; its pieces are in `parts`. */
    | 'double'
    /** `$NAME`, `${NAME}`, `${NAME:-…}`. */
    | 'parameter'
    /** `$( )`, backquotes, `<( )`. */
    | 'substitution'
    /** `$(( ))`. */
    | 'arithmetic'
    /** `@(a|b)`, `$'…'`, `$"…"`. */
    | 'other'
  readonly text: string
  /** The variable of a parameter, otherwise empty. */
  readonly name: string
  /** Of a parameter: nothing but its value is asked for. */
  readonly isPlain: boolean
  readonly parts: readonly WordPart[]
  readonly start: number
  readonly end: number
}

/** A word of a command. */
export interface Word {
  /** As it is written. */
  readonly text: string
  /** What it is for the program; null: only known when it runs. */
  readonly value: string | null
  readonly parts: readonly WordPart[]
  readonly start: number
  readonly end: number
}

const kinds: Readonly<Record<string, WordPart['kind']>> = {
  Lit: 'literal',
  SglQuoted: 'single',
  DblQuoted: 'double',
  ParamExp: 'parameter',
  CmdSubst: 'substitution',
  ProcSubst: 'substitution',
  ArithmExp: 'arithmetic',
}

/** The word of a node of the kind `Word`. */
export function wordOf(node: ShellNode, text: string): Word {
  const parts = node.children.map((child) => partOf(child, text))
  const written = text.slice(node.start, node.end)
  return { text: written, value: staticValue(parts), parts, start: node.start, end: node.end }
}

function partOf(node: ShellNode, text: string): WordPart {
  const isQuote = node.type === 'SglQuoted' || node.type === 'DblQuoted'
  return {
    kind: isQuote && !node.isPlain ? 'other' : (kinds[node.type] ?? 'other'),
    text:
      node.type === 'Lit' || node.type === 'SglQuoted'
        ? node.value
        : text.slice(node.start, node.end),
    name: node.type === 'ParamExp' ? node.value : '',
    isPlain: node.isPlain,
    parts: node.type === 'DblQuoted' ? node.children.map((child) => partOf(child, text)) : [],
    start: node.start,
    end: node.end,
  }
}

/** What a word is, whatever happens; null: something is put in, or braces or patterns make others of it. */
function staticValue(parts: readonly WordPart[]): string | null {
  // Braces and patterns go across the quotes within them: `{rm"",x}`.
  if (isExpanded(parts.map(({ kind, text }) => (kind === 'literal' ? text : 'x')).join('')))
    return null
  let value = ''
  for (const part of parts) {
    const piece = staticPart(part)
    if (piece === null) return null
    value += piece
  }
  return value
}

function staticPart(part: WordPart): string | null {
  if (part.kind === 'single') return part.text
  if (part.kind === 'literal')
    return isExpanded(part.text) || isUnresolved(part.text) ? null : unescaped(part.text, /./su)
  if (part.kind !== 'double') return null
  let value = ''
  for (const inner of part.parts) {
    if (inner.kind !== 'literal' || isUnresolved(inner.text)) return null
    value += unescaped(inner.text, /[$`"\\]/)
  }
  return value
}

/** Text without the backslashes before `special` characters; a line that goes on is joined. */
const unescaped = (text: string, special: RegExp) =>
  text.replace(/\\(.)/gsu, (written, character: string) =>
    character === '\n' ? '' : special.test(character) ? character : written,
  )

/** Whether text has a `$` that bash could take for an expansion although the parser does not. */
const isUnresolved = (text: string) => /\$[\w({[!@*#?$'"-]/.test(text.replace(/\\./gsu, ''))

/** Whether unquoted text is a pattern of files, or has braces of which several words are made. */
export function isExpanded(text: string): boolean {
  const bare = text.replace(/\\./gsu, '')
  // A lone `{}` is a word of find and xargs; `[` alone is a program.
  return /[*?]|\[[^\]]*\]|\{[^}]*(?:,|\.\.)/.test(bare)
}

/** The text that a word certainly begins with, as the program sees it. */
export function fixedBeginning(word: Word): string {
  if (word.value !== null) return word.value
  let beginning = ''
  for (const part of word.parts) {
    const piece = staticPart(part)
    if (piece !== null) {
      beginning += piece
      continue
    }
    if (part.kind === 'literal') beginning += /^[^*?[{\\]*/.exec(part.text)?.[0] ?? ''
    if (part.kind === 'double' && part.parts[0]?.kind === 'literal') beginning += part.parts[0].text
    break
  }
  return beginning
}
