import { closest, distance } from 'fastest-levenshtein'
import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { Page } from './page.ts'

/**
 * `hugo`: addresses in small letters, as Hugo publishes content; `hugo-part`: only a folder of it, so
 * that addresses of the whole site mean nothing. `files`: the paths as they are.
 */
export type SiteStyle = 'hugo' | 'hugo-part' | 'files'

/** Pages under the paths that a server has for them. */
export interface Site {
  readonly pages: number
  /**
   * @param path below the address of the site, decoded, with or without slashes around it.
   * @param anchor without `#`; null for the whole page.
   */
  resolve(path: string, anchor: string | null): LinkAnswer
}

/** Words as far apart as this are no slip of the pen. */
const MAX_DISTANCE = 3

/** Makes a site of its pages. Letters count as the server would count them. */
export function createSite(pages: readonly Page[], style: SiteStyle): Site {
  const published = new Map<string, Page>()
  const moved = new Map<string, Page>()
  const drafts = new Set<string>()
  for (const page of pages) {
    for (const path of style === 'files' ? filePaths(page.path) : [hugoPath(page)]) {
      if (page.isDraft && style !== 'files') drafts.add(path)
      else if (!published.has(path)) published.set(path, page)
    }
    if (style === 'files' || page.isDraft) continue
    for (const alias of page.aliases) {
      if (style === 'hugo' || !alias.startsWith('/')) moved.set(aliasPath(page, alias), page)
    }
  }
  /** Paths by their last part in small letters: where a page may be instead. */
  const byName = Map.groupBy(published.keys(), nameOf)

  function hintFor(path: string): string | null {
    const [same] = byName.get(nameOf(path)) ?? []
    if (same !== undefined) return `There is ${inOneLine(same)}: link to it.`
    const names = [...byName.keys()]
    const near = names.length === 0 ? null : closest(nameOf(path), names)
    if (near === null || distance(near, nameOf(path)) > MAX_DISTANCE) return null
    return `Did you mean ${inOneLine(byName.get(near)?.[0] ?? near)}?`
  }

  return {
    pages: pages.length,
    resolve(path, anchor) {
      const asked = trimmed(path)
      const page = published.get(asked)
      if (page) return anchor === null ? { status: 'found' } : anchorAnswer(page, anchor)
      const now = moved.get(asked)
      if (now) return { status: 'moved', to: hugoPath(now) }
      const why = drafts.has(asked)
        ? 'this page is a draft, which is not published'
        : 'there is no such page'
      return { status: 'missing', why, hint: hintFor(asked) }
    },
  }
}

const trimmed = (path: string) =>
  path
    .replace(/^\/+/, '')
    .replace(/(^|\/)index\.html$/, '')
    .replace(/\/+$/, '')
const nameOf = (path: string) => (path.split('/').at(-1) ?? '').replace(/\.md$/i, '').toLowerCase()
const inOneLine = (text: string) => toPrintable(text, 200).replaceAll(/\s/g, ' ')

function anchorAnswer(page: Page, anchor: string): LinkAnswer {
  if (anchor === '' || page.anchors.has(anchor)) return { status: 'found' }
  const anchors = [...page.anchors]
  const near = anchors.length === 0 ? null : closest(anchor, anchors)
  return {
    status: 'missing',
    why: `the page is there, and has no heading #${inOneLine(anchor)}`,
    hint:
      near !== null && distance(near, anchor) <= Math.max(MAX_DISTANCE, anchor.length / 3)
        ? `Did you mean #${inOneLine(near)}?`
        : null,
  }
}

/** Where Hugo publishes a page: in small letters, blanks as dashes, a section under its folder. */
function hugoPath({ path, slug, url }: Page): string {
  if (url !== null) return trimmed(url)
  const steps = path.replace(/\.md$/i, '').split('/')
  const isIndex = /^_?index$/i.test(steps.at(-1) ?? '')
  const own = isIndex ? steps.slice(0, -1) : steps
  const last = slug !== null && own.length > 0 ? [...own.slice(0, -1), slug] : own
  return last.join('/').toLowerCase().replaceAll(/\s+/g, '-')
}

/** An alias is of the whole site where it begins with a slash, else beside its page. */
function aliasPath(page: Page, alias: string): string {
  if (alias.startsWith('/')) return trimmed(alias)
  return trimmed([...hugoPath(page).split('/').slice(0, -1), alias].join('/'))
}

/** The ways in which people and servers write the path of a file. */
function filePaths(path: string): readonly string[] {
  const bare = path.replace(/\.(md|markdown)$/i, '')
  const folder = /(^|\/)(readme|index|_index)$/i.test(bare)
    ? [bare.split('/').slice(0, -1).join('/')]
    : []
  return [path, bare, `${bare}.html`, ...folder]
}
