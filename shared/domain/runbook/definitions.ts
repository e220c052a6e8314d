import type { Definition } from './schema.ts'

/** `[label]` in a text, with what is escaped in it: as long as Markdown lets a label be. */
const LABEL = /\[((?:[^[\]\\]|\\.){1,999})\]/g

/** A label as Markdown compares it: without regard to capitals and to how its words are parted. */
export function labelKey(label: string): string {
  // In both directions: some letters have two small ones, and only the capital is the same.
  return label.replace(/\s+/g, ' ').trim().toLowerCase().toUpperCase()
}

/**
 * A piece of a page as Markdown that stands by itself: with the definitions that it refers to by
 * `[text][label]` or `[label]`, wherever on the page they stand. They show nothing themselves. Pure.
 */
export function withDefinitions(content: string, definitions: readonly Definition[]): string {
  if (definitions.length === 0) return content
  const named = new Set([...content.matchAll(LABEL)].map(([, label = '']) => labelKey(label)))
  if (named.size === 0) return content
  const lines = definitions
    .filter(({ label }) => named.has(labelKey(label)))
    .map(({ label, url }) => `[${label}]: <${escaped(url)}>`)
  // In front: behind it they could fall into a comment or a fence that the piece leaves open.
  return lines.length === 0 ? content : `${lines.join('\n')}\n\n${content}`
}

/** An address so that it stands within `<` and `>` and is read as it is. */
function escaped(url: string): string {
  return url.replace(/[<>\\&]/g, '\\$&').replace(/[\r\n]/g, (end) => encodeURIComponent(end))
}
