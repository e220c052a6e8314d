import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { segmentsOf, type Segment } from './segment.ts'
import { plainTree, UnknownSyntax, type ShellNode } from './tree.ts'

/** A text that a shell would run, taken apart. */
export interface ShellParse {
  readonly text: string
  readonly root: ShellNode
  readonly segments: readonly Segment[]
  /** Functions that the text defines. */
  readonly functions: ReadonlySet<string>
}

/** Why a text is not run. */
export interface ShellProblem {
  readonly message: string
  /** Counted from 1. */
  readonly line: number
}

/** Takes the text of a shell apart; never throws. */
export type ShellParser = (text: string) => Result<ShellParse, ShellProblem>

/** Longest text that is parsed, in UTF-16 units: that of a runbook's code, its values put in. */
const MAX_TEXT = 64_000

/** What bash and the parser could read differently, or a person would read differently from both. */
const misleading = /[^\P{C}\n\t]|[^\P{Z} ]|[\u115F\u1160\u3164\uFFA0]/u

/** Loads the parser, once a process: it takes about 0.1 s, so it is not done before it is needed. */
export async function loadShellParser(): Promise<ShellParser> {
  const { syntax } = await importQuietly()
  const parse: ShellParser = (text) => {
    if (text.length > MAX_TEXT) return problem('This is too long to be run.', 1)
    const odd = misleading.exec(text)
    if (odd) {
      return problem(
        `There is a control character or an unusual blank (${codePoint(odd[0])}) in this command.`,
        lineAt(text, odd.index),
      )
    }
    const cut = /\$\\\n/.exec(text)
    if (cut) return problem('A line ends within the name of a variable.', lineAt(text, cut.index))
    // Bash drops it, the parser keeps it: `rm\\` would be a program of another name.
    if (/(?<!\\)(?:\\\\)*\\$/.test(text)) {
      return problem('The command ends with a backslash.', text.split('\n').length)
    }
    try {
      // A parser that failed may keep what it was doing: each text gets a new one.
      const parser = syntax.NewParser(syntax.Variant(syntax.LangBash), syntax.KeepComments(true))
      const root = plainTree(syntax, parser.Parse(text, ''), text)
      return ok({ text, root, segments: segmentsOf(root, text), functions: functionsOf(root) })
    } catch (error) {
      return unparsable(error)
    }
  }
  return remembering(parse)
}

/** Imports mvdan-sh, and takes back what it does to everybody else's stack traces and globals. */
async function importQuietly() {
  const limit = Error.stackTraceLimit
  const hadRequire = 'require' in globalThis
  const { default: sh } = await import('mvdan-sh')
  Error.stackTraceLimit = limit
  if (!hadRequire) Reflect.deleteProperty(globalThis, 'require')
  return sh
}

/** How many texts are remembered: binding, judging and naming the target of one ask for the same. */
const REMEMBERED = 32

function remembering(parse: ShellParser): ShellParser {
  const results = new Map<string, ReturnType<ShellParser>>()
  return (text) => {
    const known = results.get(text)
    if (known) return known
    const result = parse(text)
    const [oldest] = results.keys()
    if (results.size >= REMEMBERED && oldest !== undefined) results.delete(oldest)
    results.set(text, result)
    return result
  }
}

function unparsable(error: unknown) {
  if (error instanceof RangeError) return problem('This command is nested too deep.', 1)
  if (error instanceof UnknownSyntax) {
    return problem(`Deckwatch does not know this part of a shell's syntax: ${error.message}.`, 1)
  }
  const words = goMessage(error)
  if (words === null) throw error
  const [, line = '1', said = words] = /^(?:[^:]*:)?(\d+):\d+: (.*)$/s.exec(words) ?? []
  return problem(`This is no valid shell command: ${said}.`, Number(line))
}

/** What a Go error says; null: it is none. */
function goMessage(error: unknown): string | null {
  return isGoError(error) ? error.Error() : null
}

const isGoError = (error: unknown): error is { readonly Error: () => string } =>
  typeof error === 'object' &&
  error !== null &&
  'Error' in error &&
  typeof error.Error === 'function'

const problem = (message: string, line: number) => fail({ message, line })

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

function functionsOf(node: ShellNode): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (each: ShellNode) => {
    if (each.type === 'FuncDecl') found.add(each.value)
    each.children.forEach(visit)
  }
  visit(node)
  return found
}
