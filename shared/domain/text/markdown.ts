/** What begins emphasis, code, links, pictures, HTML, tables, references, formulas or templates. */
const ACTIVE = /[\\`*_[\]<>#|~&$!{}^]/g
/** What begins a list, a heading or a line across when a line begins with it. */
const LINE_BEGIN = /^([-+=])/
const NUMBERED = /^(\d+)([.)])/
/** Addresses that become links by themselves; and what makes a definition of a line. */
const ADDRESS = /^:|:(?=\/\/)|:(?=[^\s:]*@)/g
const WWW = /(www)\./gi
/** Also with dots and hyphens between: some readers take `1@.a` for an address. */
const AT = /@(?=[.-]*[\p{L}\p{N}_])/gu

/**
 * Writes a text from outside so that Markdown shows it word for word: nothing in it becomes a
 * heading, a list, a link, a table, code or HTML, and nobody is called by it. Line ends stay line
 * ends of one paragraph; blanks at the begin and the end of a line are lost, as Markdown shows none.
 *
 * @param indent what each line after the first begins with, so that it stays in its list item.
 */
export function escapeMarkdown(text: string, indent = ''): string {
  return text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        // Places that show Markdown call whoever is named so, escaped or not.
        .replace(AT, '@ ')
        .replace(ACTIVE, String.raw`\$&`)
        .replace(LINE_BEGIN, String.raw`\$1`)
        .replace(NUMBERED, String.raw`$1\$2`)
        .replace(ADDRESS, String.raw`\:`)
        .replace(WWW, String.raw`$1\.`),
    )
    .join(`\\\n${indent}`)
}
