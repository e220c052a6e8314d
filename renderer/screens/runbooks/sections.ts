import { createAnchors } from '#shared/domain/runbook/anchor.ts'

/** A part of a text below one heading. */
export interface Section {
  /** Empty before the first heading. */
  readonly heading: string
  /** What leads to it; null before the first heading. */
  readonly anchor: string | null
  readonly text: string
}

/** A text cut at its headings. */
export function sectionsOf(text: string): readonly Section[] {
  const next = createAnchors()
  const sections: Section[] = []
  let heading = ''
  let anchor: string | null = null
  let lines: string[] = []
  let fence: string | null = null
  const end = () => {
    const whole = lines.join('\n')
    if (heading !== '' || whole.trim() !== '') sections.push({ heading, anchor, text: whole })
  }
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (mark !== undefined) {
      if (fence === null) fence = mark
      else if (mark.startsWith(fence)) fence = null
    }
    const words = fence === null ? /^ {0,3}#{1,6}[ \t]+(\S.*)$/.exec(line)?.[1] : undefined
    if (words === undefined) {
      lines.push(line)
      continue
    }
    end()
    heading = withoutMarks(words)
    anchor = next(heading)
    lines = []
  }
  end()
  return sections
}

/** The words of a heading as a reader sees them. */
function withoutMarks(words: string): string {
  return words
    .replace(/[ \t]#+[ \t]*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim()
}
