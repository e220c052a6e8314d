/** One step of a pattern: a name, names by their form, or folders however deep. */
export type PatternStep =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'names'; readonly matches: (name: string) => boolean }
  | { readonly type: 'deep' }

/**
 * Reads a pattern such as `deckwatch.yaml`, `plans/*.yaml` or `runbooks`, `**` and `*.{md,yaml}`
 * joined by slashes. `*` stands for any text within a name, `{a,b}` in such a name for one of these,
 * `**` for any folders, also none. Names that begin with a dot are hidden: no `*` stands for one. A pattern without a star names one file, whatever characters are in it.
 */
export function parsePattern(pattern: string): readonly PatternStep[] {
  return pattern.split('/').map((step): PatternStep => {
    if (step === '**') return { type: 'deep' }
    if (!step.includes('*')) return { type: 'name', name: step }
    const form = new RegExp(`^${step.split('*').map(formOf).join('.*')}$`, 'su')
    return { type: 'names', matches: (name) => !name.startsWith('.') && form.test(name) }
  })
}

/** True when the pattern stands for this path. */
export function matchesPath(pattern: string, path: string): boolean {
  return matches(parsePattern(pattern), path.split('/'))
}

function matches(steps: readonly PatternStep[], names: readonly string[]): boolean {
  const [step, ...rest] = steps
  const [name, ...others] = names
  if (!step) return names.length === 0
  if (step.type === 'deep') {
    const isHere = matches(rest, names)
    return isHere || (name !== undefined && !name.startsWith('.') && matches(steps, others))
  }
  if (name === undefined) return false
  const isOne = step.type === 'name' ? step.name === name : step.matches(name)
  return isOne && matches(rest, others)
}

/** A piece without stars: `{a,b}` is one of its texts, all else is itself. */
const formOf = (text: string) =>
  text
    .split(/(\{[^{}]*\})/)
    .map((part, at) =>
      at % 2 === 1 ? `(?:${part.slice(1, -1).split(',').map(escape).join('|')})` : escape(part),
    )
    .join('')

const escape = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
