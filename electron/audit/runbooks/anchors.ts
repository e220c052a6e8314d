import { createAnchors } from '#shared/domain/runbook/anchor.ts'

/**
 * The anchors of a Markdown text, as sites make them of its headings. Own ids count too: `## Title {#id}`,
 * `<a name="id">`.
 */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const found = new Set<string>()
  const anchor = createAnchors()
  const add = (heading: string) => {
    const own = /\{#([^\s}]+)[^}]*\}\s*$/.exec(heading)
    if (own?.[1] !== undefined) {
      found.add(own[1])
      return
    }
    found.add(anchor(plainOf(heading)))
  }

  let fence: string | null = null
  let before = ''
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null
      continue
    }
    if (mark !== undefined) {
      fence = mark
      before = ''
      continue
    }
    const heading = /^ {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line)
    if (heading) add(heading[1] ?? '')
    else if (/^ {0,3}(=+|-+)\s*$/.test(line) && before.trim() !== '') add(before.trim())
    for (const [, id] of line.matchAll(/<[a-z][^<>]*\s(?:id|name)\s*=\s*["']([^"']+)["']/gi)) {
      if (id !== undefined) found.add(id)
    }
    before = heading || /^\s*([-*+>|]|\d+[.)])\s/.test(line) ? '' : line
  }
  return found
}

/** A heading as it reads, without marks of code, links and emphasis. */
function plainOf(heading: string): string {
  return heading
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/[`*]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .trim()
}
