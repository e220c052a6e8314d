import { createAnchors } from './anchor.ts'

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

/**
 * The section with the most of the terms, those of its heading first; null where none has one.
 *
 * @param terms small letters.
 */
export function bestSection(
  sections: readonly Section[],
  terms: readonly string[],
): Section | null {
  let best: Section | null = null
  let most = 0
  for (const section of sections) {
    const heading = section.heading.toLowerCase()
    const text = section.text.toLowerCase()
    let score = 0
    for (const term of terms) {
      if (text.includes(term)) score += 2
      if (heading.includes(term)) score += 3
    }
    if (score <= most) continue
    best = section
    most = score
  }
  return best
}

/** The words of a heading as a reader sees them. */
function withoutMarks(words: string): string {
  return words
    .replace(/[ \t]#+[ \t]*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim()
}
