import { STYLE, STYLE_HASH } from './style.ts'

const usual = { text: STYLE, hash: STYLE_HASH }

/** What stands on a page that is a file of its own. */
interface Page {
  /** What the window is called; a text. */
  readonly title: string
  /** Its style, and the SHA-256 of that in Base64; without it, that of all documents. */
  readonly style?: { readonly text: string; readonly hash: string }
  /** True where the page shows pictures, which it has within itself. */
  readonly hasImages?: boolean
  /** What stands in it, in HTML: every text from outside escaped. */
  readonly body: readonly string[]
}

/**
 * A page as one file of HTML that needs nothing else. Nothing is fetched, run or sent, whatever a
 * text in it might become: its policy allows its own style and, where it has any, its own pictures.
 */
export function toPage({ title, style = usual, hasImages = false, body }: Page): string {
  const images = hasImages ? ' img-src data:;' : ''
  const policy = `default-src 'none'; style-src 'sha256-${style.hash}';${images} base-uri 'none'; form-action 'none'`
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title>`,
    `<style>${style.text}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...body,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** Facts with their names, both texts. */
export function factList(
  facts: readonly { readonly name: string; readonly value: string }[],
): string {
  const lines = facts.map(
    ({ name, value }) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`,
  )
  return `<dl>\n${lines.join('\n')}\n</dl>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML shows it word for word, between tags as in an attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? '')
}
