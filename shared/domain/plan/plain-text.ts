/**
 * What a Markdown text of one line says, for where no Markdown is rendered: links by their words,
 * without the marks of emphasis and code.
 */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(\*\*|__)(?=\S)([^*_]+?)\1/g, '$2')
    .replaceAll(/`([^`]+)`/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
