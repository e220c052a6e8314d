import { dangerousVariable } from './dangerous-variables.ts'
import type { Segment } from './segment.ts'
import type { ShellNode } from './tree.ts'

const namers = new Set(
  'test [ printf read unset declare local typeset readonly export wait mapfile readarray getopts let'.split(
    ' ',
  ),
)

/**
 * Bash evaluates more than commands: the subscript of a name that arithmetic, `test -v`, `printf -v`
 * or `${!x}` is given runs the substitutions in it. Where a text does such a thing and has
 * a substitution in quotes, which would be harmless by itself, this is that quoted text; else null.
 */
export function evaluatesText(root: ShellNode, segments: readonly Segment[]): string | null {
  let evaluates = segments.some(({ kind, words }) =>
    kind !== 'command' ? kind !== 'redirection' : namers.has(words[0]?.value ?? ''),
  )
  let quoted: string | null = null
  const visit = (node: ShellNode) => {
    if (node.type === 'ArithmExp' || node.type === 'ArithmCmd' || node.type === 'CStyleLoop')
      evaluates = true
    if (node.type === 'ParamExp' && !node.isPlain) evaluates = true
    if (node.type === 'SglQuoted' && /\$\(|`|\\/.test(node.value)) {
      // Within `$'…'` anything may be written by its number.
      if (!node.isPlain || /\$\(|`/.test(node.value)) quoted ??= node.value
    }
    if (node.type === 'Lit' && /\\\$\\?\(|\\`/.test(node.value)) quoted ??= node.value
    node.children.forEach(visit)
  }
  visit(root)
  return evaluates ? quoted : null
}

/**
 * The variable that decides which programs run, and that a text sets otherwise than by `NAME=value`:
 * as that of a loop, by `read`, in a calculation; null: none.
 */
export function setsQuietly(
  root: ShellNode,
  segments: readonly Segment[],
  text: string,
): string | null {
  const named = segments
    .filter(({ words }) => namers.has(words[0]?.value ?? ''))
    .flatMap(({ words }) => words.slice(1).map(({ value }) => value ?? ''))
  const written: string[] = []
  const visit = (node: ShellNode) => {
    const own = text.slice(node.start, node.end)
    if (node.type === 'WordIter') written.push(node.children[0]?.value ?? '')
    if (node.type === 'ParamExp' && /^\$\{\w+:?=/.test(own)) written.push(node.value)
    if (/^(?:Arithm(?:Exp|Cmd)|LetClause|CStyleLoop)$/.test(node.type)) {
      written.push(...(own.match(/\w+/g) ?? []))
    }
    node.children.forEach(visit)
  }
  visit(root)
  return [...named, ...written].find((name) => dangerousVariable(name)) ?? null
}
