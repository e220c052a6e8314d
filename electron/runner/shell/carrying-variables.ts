import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { ShellParse, ShellParser } from './parse.ts'
import { findNodes, placeOf } from './place.ts'

/**
 * Variables of the text that carry a value which was put in: each use of them has to be as safe as
 * the value's own place. Uses without quotes get them; any other use is a reason to refuse.
 *
 * @param assigned variables that a value is assigned to.
 */
export function quoteCarriers(
  text: string,
  parser: ShellParser,
  assigned: readonly string[],
): Result<string, string> {
  const parsed = parser(text)
  if (!parsed.ok) return fail(parsed.error.message)
  const carriers = carriersOf(parsed.value, assigned)
  if (carriers.size === 0) return ok(text)
  const inserts: number[] = []
  for (const found of findNodes(
    parsed.value.root,
    ({ type, value }) => type === 'ParamExp' && carriers.has(value),
  )) {
    const { node } = found
    const written = text.slice(node.start, node.end)
    if (!node.isPlain) return fail(`The shell makes something else of ${node.value} (${written}).`)
    // It is judged as if it were a word: a name that is a variable may stand within double quotes.
    const stand = 'x'.repeat(written.length)
    const place = placeIn(text, parser, node.start, stand)
    if (place === null || place.kind === 'refused') {
      return fail(
        `${node.value} carries a value that is put in. ${place?.reason ?? 'It is a name for the shell.'}`,
      )
    }
    if (found.around.at(-1)?.type === 'Word') inserts.push(node.start, node.end)
  }
  for (const name of carriers) {
    const problem = otherUse(parsed.value, name)
    if (problem !== null) return fail(`${name} carries a value that is put in. ${problem}`)
  }
  let result = text
  for (const at of inserts.toSorted((a, b) => b - a))
    result = `${result.slice(0, at)}"${result.slice(at)}`
  return ok(result)
}

function placeIn(text: string, parser: ShellParser, start: number, stand: string) {
  const swapped = text.slice(0, start) + stand + text.slice(start + stand.length)
  const parsed = parser(swapped)
  if (!parsed.ok) return null
  const { root, functions } = parsed.value
  const leaf = findNodes(
    root,
    (node) => /^(?:Lit|SglQuoted)$/.test(node.type) && node.start <= start && start < node.end,
  ).at(-1)
  return leaf ? placeOf(leaf, stand, swapped, { isVariable: true, functions }) : null
}

/**
 * Variables that a text sets once, to exactly one of some references, and in no other way.
 *
 * @param references variables of the environment.
 */
export function wholeCarriers(
  { root, text }: ShellParse,
  references: ReadonlySet<string>,
): readonly string[] {
  const assigns = findNodes(root, ({ type, value }) => type === 'Assign' && value !== '')
  const loops = findNodes(root, ({ type }) => type === 'WordIter' || type === 'CStyleLoop')
  return assigns.flatMap(({ node }) => {
    const isOnly = assigns.filter((other) => other.node.value === node.value).length === 1
    const variable = /^\w+="\$\{(\w+)\}"$/.exec(text.slice(node.start, node.end))?.[1]
    const isWhole = variable !== undefined && references.has(variable)
    const isLooped = loops.some((loop) =>
      text.slice(loop.node.start, loop.node.end).includes(node.value),
    )
    const isRead = /\b(?:read|mapfile|readarray|getopts|unset|printf|eval|source)\b/.test(text)
    return isOnly && isWhole && !isLooped && !isRead ? [node.value] : []
  })
}

/** Variables that get a value, and those that get it from them. */
function carriersOf({ root, text }: ShellParse, assigned: readonly string[]): ReadonlySet<string> {
  const carriers = new Set(assigned)
  const assigns = findNodes(root, ({ type }) => type === 'Assign')
  for (let size = -1; size !== carriers.size;) {
    size = carriers.size
    for (const { node } of assigns) {
      const uses = findNodes(node, ({ type, value }) => type === 'ParamExp' && carriers.has(value))
      // What a command prints is no longer the value.
      const isDirect = uses.some(({ around }) => around.every(({ type }) => type !== 'CmdSubst'))
      if (isDirect && text[node.start] !== '"') carriers.add(node.value)
    }
  }
  return carriers
}

/** A use of a variable that is no expansion: by its name, or by a shell within the shell. */
function otherUse({ root, text }: ShellParse, name: string): string | null {
  const mention = new RegExp(String.raw`(?<![\w-])${name}(?![\w-])`)
  const isNamed = findNodes(root, (node) => {
    if (node.type === 'SglQuoted')
      return node.value.includes(`$${name}`) || node.value.includes(`\${${name}`)
    if (/^(?:ArithmExp|ArithmCmd|LetClause|TestClause|CStyleLoop)$/.test(node.type)) {
      return mention.test(text.slice(node.start, node.end))
    }
    return false
  })
  if (isNamed.length > 0) return 'A calculation, a comparison or a shell within the shell uses it.'
  const indirect = /\$\{!|\$\{[^}]*@/.test(text)
  const builtins = findNodes(
    root,
    (node) => node.type === 'CallExpr' || node.type === 'DeclClause',
  ).some(({ node }) => {
    const written = text.slice(node.start, node.end)
    return (
      /^(?:test|\[|read|unset|printf|mapfile|readarray|getopts|wait|let|eval|declare|typeset|local|readonly|export|set)\s/.test(
        written,
      ) &&
      node.children.some((child) => {
        const isName =
          child.type === 'Assign'
            ? child.value === name && !text.slice(child.start, child.end).includes('=')
            : false
        return isName || (child.type === 'Word' && text.slice(child.start, child.end) === name)
      }) &&
      !/^(?:export|readonly|local)\s/.test(written)
    )
  })
  const attributes = /\b(?:declare|typeset|local|readonly)\s+[-+]/.test(text)
  return indirect || builtins || attributes ? 'The shell uses it by its name.' : null
}
