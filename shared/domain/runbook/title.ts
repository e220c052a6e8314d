import { toPrintable } from '../text/printable.ts'
import type { RunbookFormat } from './entry.ts'
import { MAX_RUNBOOK_TITLE } from './limits.ts'

/** So much of a text is looked at, in UTF-16 units: a title stands at the begin. */
const MAX_LOOKED_AT = 64 * 1024

/**
 * The title of a runbook: the first heading of Markdown, the `title` or `name` of YAML, else the last
 * part of its path without its ending. One line, printable, bounded.
 *
 * @param path of its file or of its address.
 */
export function runbookTitle(text: string, format: RunbookFormat, path: string): string {
  const start = text.slice(0, MAX_LOOKED_AT)
  const found = format === 'yaml' ? titleOfYaml(start) : titleOfMarkdown(start)
  return inOneLine(found ?? '') || runbookNameOf(path)
}

function titleOfMarkdown(text: string): string | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  let fence: string | null = null
  for (let at = endOfFrontMatter(lines); at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line)
    if (fence !== null) {
      if (mark?.[1]?.startsWith(fence) === true && (mark[2] ?? '').trim() === '') fence = null
      continue
    }
    if (mark) {
      fence = mark[1] ?? null
      continue
    }
    const heading = headingAt(lines, at)
    if (heading !== null) return heading
  }
  return null
}

/** The heading that begins in this line: `# words`, or words with `===` or `---` below them. */
function headingAt(lines: readonly string[], at: number): string | null {
  const line = lines[at] ?? ''
  const [, words] = /^ {0,3}#{1,6}(?:[ \t]+(.*))?$/.exec(line) ?? []
  if (words !== undefined) {
    const plain = withoutMarks(words.replace(/(?:^|[ \t]+)#+[ \t]*$/, ''))
    return plain === '' ? null : plain
  }
  const isUnderlined = /^ {0,3}(?:=+|-+)[ \t]*$/.test(lines[at + 1] ?? '')
  const isText = /^ {0,3}[^\s>#*+|-]/.test(line) && !/^ {0,3}\d+[.)][ \t]/.test(line)
  return isUnderlined && isText ? withoutMarks(line) : null
}

function endOfFrontMatter(lines: readonly string[]): number {
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) return 0
  const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line))
  return end === -1 ? 0 : end + 1
}

function titleOfYaml(text: string): string | null {
  for (const key of ['title', 'name']) {
    const [, value] = new RegExp(String.raw`^${key}:[ \t]+(\S.*)$`, 'm').exec(text) ?? []
    const plain = value === undefined ? '' : scalarOf(value)
    if (plain !== '') return plain
  }
  return null
}

/** A value on one line as YAML writes it; empty for what goes on in the next lines. */
function scalarOf(value: string): string {
  const [, double, single] = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')/.exec(value) ?? []
  if (double !== undefined) return double.replace(/\\(.)/g, '$1')
  if (single !== undefined) return single.replaceAll("''", "'")
  return /^[|>&*![{]/.test(value) ? '' : value.replace(/\s+#.*$/, '').trim()
}

/** Emphasis, code and links as the words that a reader sees. */
function withoutMarks(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/`+/g, '')
    .replace(/(?<![\p{L}\p{N}\\])[*_]{1,3}(?=\S)|(?<=[^\s\\])[*_]{1,3}(?![\p{L}\p{N}])/gu, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim()
}

/** What stands for the title where there is none: the last part of a path, without its ending. */
export function runbookNameOf(path: string): string {
  const plain = path.replace(/[?#].*$/s, '').replace(/\/+$/, '')
  const last = plain.split('/').at(-1) ?? ''
  return inOneLine(last.replace(/(?<=.)\.(?:md|markdown|ya?ml|txt|html?)$/i, '')) || inOneLine(path)
}

function inOneLine(text: string): string {
  const line = toPrintable(text.trim(), MAX_RUNBOOK_TITLE * 10).replace(/\s+/g, ' ')
  return line.length > MAX_RUNBOOK_TITLE ? `${line.slice(0, MAX_RUNBOOK_TITLE - 1)}…` : line
}
