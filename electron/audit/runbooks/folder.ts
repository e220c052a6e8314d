import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readRegularFile } from '#electron/files/regular-file.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { readPage, type Page } from './page.ts'
import { createSite, type Site, type SiteStyle } from './site.ts'

/** How much of a folder of runbooks is read. */
const MAX_PAGES = 10_000
const MAX_DEPTH = 16
const MAX_PAGE_BYTES = 1_048_576

/**
 * Reads a folder of Markdown as the site that is made of it. A folder with `content/` in it, or with
 * an `_index.md`, is Hugo's. Links to other folders are not followed, and a page that is too large is
 * taken as one without headings.
 */
export async function readSite(folder: string): Promise<Result<Site, string>> {
  const found = await stat(folder).catch(() => null)
  if (!found?.isDirectory()) return fail(`There is no folder ${folder}.`)
  const content = join(folder, 'content')
  const hasContent = (await stat(content).catch(() => null))?.isDirectory() ?? false
  const root = hasContent ? content : folder
  const pages: Page[] = []
  /** Pages and folders beyond what is read. */
  let beyond = 0

  async function walk(path: string, depth: number): Promise<void> {
    const entries = await readdir(path === '' ? root : join(root, path), { withFileTypes: true })
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      const below = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory()) {
        if (depth < MAX_DEPTH) await walk(below, depth + 1)
        else beyond += 1
      } else if (entry.isFile() && /\.(md|markdown)$/i.test(entry.name)) {
        if (pages.length >= MAX_PAGES) {
          beyond += 1
          return
        }
        pages.push(await read(below))
      }
    }
  }
  async function read(path: string): Promise<Page> {
    const bytes = await readRegularFile(join(root, path), MAX_PAGE_BYTES)
    return readPage(path, bytes.ok ? bytes.value.toString('utf8') : '')
  }

  try {
    await walk('', 0)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return fail(`The folder ${folder} cannot be read (${code}).`)
  }
  if (beyond > 0) {
    return fail(`The folder ${folder} has more than ${String(MAX_PAGES)} pages, or is too deep.`)
  }
  return ok(createSite(pages, styleOf(pages, hasContent, root)))
}

function styleOf(pages: readonly Page[], hasContent: boolean, root: string): SiteStyle {
  if (hasContent || basename(root) === 'content') return 'hugo'
  return pages.some(({ path }) => basename(path) === '_index.md') ? 'hugo-part' : 'files'
}
