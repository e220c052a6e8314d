import { parseDocument } from 'yaml'
import { z } from 'zod'
import { anchorsOf } from './anchors.ts'

const frontMatterSchema = z.object({
  slug: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  aliases: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .nullish()
    .transform((aliases) => aliases ?? [])
    .catch([]),
  draft: z.boolean().catch(false),
})

/** A page of Markdown: what a site makes of it. */
export interface Page {
  /** In its folder, with `/`. */
  readonly path: string
  readonly anchors: ReadonlySet<string>
  /** What its front matter says: another last part of its address, another address, and older ones. */
  readonly slug: string | null
  readonly url: string | null
  readonly aliases: readonly string[]
  /** True for one that a site does not publish. */
  readonly isDraft: boolean
}

/** Reads a page. Front matter that is no YAML says nothing. */
export function readPage(path: string, text: string): Page {
  const [whole, head = ''] = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?(?:\n|$)/.exec(text) ?? ['', '']
  const { slug, url, aliases, draft } = frontMatterSchema.parse(readHead(head))
  return {
    path,
    anchors: anchorsOf(text.slice(whole.length)),
    slug: slug ?? null,
    url: url ?? null,
    aliases,
    isDraft: draft,
  }
}

function readHead(head: string): unknown {
  try {
    const document = parseDocument(head, { prettyErrors: false, logLevel: 'error' })
    const value: unknown = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 20 })
    return value ?? {}
  } catch {
    return {}
  }
}
