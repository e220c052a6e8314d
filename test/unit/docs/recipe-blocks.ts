/** A code block of a recipe: a new file, or lines for one that is there. */
export interface RecipeBlock {
  readonly recipe: string
  readonly path: string
  /** The line behind which, or in whose place, it stands; null for a new file. */
  readonly at: { readonly line: string; readonly isReplaced: boolean } | null
  readonly code: string
}

const FENCE = /^```(?:ts|tsx) (?:new=(\S+)|in=(\S+) (after|instead)="(.*)")\n([\s\S]*?)^```$/gm

/** The blocks of the recipes of a Markdown text, in order; the recipe is the heading above. */
export function recipeBlocks(markdown: string): readonly RecipeBlock[] {
  return markdown.split(/^## /m).flatMap((section) => {
    const recipe = /^Recipe: (.*)$/m.exec(section)?.[1]
    if (recipe === undefined) return []
    return [...section.matchAll(FENCE)].map(
      ([, made, changed, how, line = '', code = '']): RecipeBlock => ({
        recipe,
        path: made ?? changed ?? '',
        at: made === undefined ? { line, isReplaced: how === 'instead' } : null,
        code,
      }),
    )
  })
}

/**
 * The texts of all files that the recipes make or change, by path.
 *
 * @param read the text of a file of the project; null where there is none.
 * @throws when a line that is named is not there exactly once, or a new file is there already.
 */
export function applyRecipes(
  blocks: readonly RecipeBlock[],
  read: (path: string) => string | null,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const { recipe, path, at, code } of blocks) {
    const before = texts.get(path) ?? read(path)
    if (at === null) {
      if (before !== null) throw new Error(`${recipe}: ${path} is there already`)
      texts.set(path, code)
      continue
    }
    const lines = before?.split('\n') ?? []
    const places = lines.flatMap((line, index) => (line.trim() === at.line.trim() ? [index] : []))
    const [place] = places
    if (place === undefined || places.length > 1) {
      throw new Error(`${recipe}: ${path} has ${String(places.length)} lines "${at.line}"`)
    }
    const [start, gone] = at.isReplaced ? [place, 1] : [place + 1, 0]
    texts.set(path, lines.toSpliced(start, gone, code.trimEnd()).join('\n'))
  }
  return texts
}
