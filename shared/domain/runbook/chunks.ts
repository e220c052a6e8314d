import { linesOf, type Line } from './lines.ts'

/**
 * A stretch of the source that Markdown reads by itself: nothing that begins in it goes on behind
 * it, but for lists, whose items may be in several. The parser's time grows with the square of what
 * it is given at once, so it is given little.
 */
export interface Chunk {
  readonly start: number
  readonly end: number
  /** The line on which it starts, counted from 1. */
  readonly line: number
  /** Why it is too much to read; null: it is not. */
  readonly tooMuch: string | null
}

/** From so many characters on, the next place where a chunk can end is taken. */
const ENOUGH = 2_000
/** From so many on, the next item of a list is such a place too. */
const ENOUGH_OF_A_LIST = 6_000
/** Most characters of one chunk, fenced code not counted. */
const MAX_CHUNK = 16_000
/** Most marks of one chunk that may begin or end emphasis, links, code or HTML. */
const MAX_MARKS = 1_500
/** Most lists and quotes within each other. */
const MAX_DEPTH = 24
/** Most of a whole file, fenced code not counted: beyond it, reading takes seconds. */
const MAX_TOTAL = { characters: 300_000, lines: 8_000, marks: 30_000 } as const

/** What of a file is read as Markdown. */
export interface Chunks {
  readonly chunks: readonly Chunk[]
  /** Why none of it is read; null: it is. */
  readonly tooMuch: string | null
}

/** Where a construct that spans blank lines ends. */
type Until = (text: string) => boolean

/** Cuts a text, from `from` on, where Markdown cannot tell the difference. */
export function chunksOf(source: string, from: number): Chunks {
  const chunks: Chunk[] = []
  const total = { characters: 0, lines: 0, marks: 0 }
  let open = createOpen(from, 1)
  // What was read since the last place where a chunk could end.
  let passage = open
  let inside: Until | null = null
  let isFence = false
  let wasBlank = true
  let number = 0

  const close = (end: number) => {
    if (end > open.start) chunks.push({ ...open, end, tooMuch: tooMuchOf(open) })
  }
  /** A passage that is too much stands alone, so that it takes nothing with it. */
  const join = (end: number) => {
    const both = together(open, passage)
    if (tooMuchOf(both) === null || open === passage) {
      open = both
      return
    }
    close(passage.start)
    open = passage
    if (tooMuchOf(open) === null) return
    close(end)
    open = createOpen(end, number)
  }
  for (const line of linesOf(source)) {
    number += 1
    if (line.start < from) {
      open = passage = createOpen(from, number + 1)
      continue
    }
    const text = source.slice(line.start, line.textEnd)
    if (inside !== null) {
      if (inside(text)) inside = null
      else if (isFence) continue
      weigh(passage, total, line, text)
      wasBlank = false
      continue
    }
    const enough = beginning(text, wasBlank)
    if (enough !== null && line.start > passage.start) {
      join(line.start)
      if (line.start - open.start >= enough) {
        close(line.start)
        open = createOpen(line.start, number)
      }
      passage = open.start === line.start ? open : createOpen(line.start, number)
    }
    weigh(passage, total, line, text)
    const fence = fenceEnd(text)
    isFence = fence !== null
    inside = fence ?? htmlEnd(text)
    wasBlank = text.trim() === ''
  }
  join(source.length)
  close(source.length)
  return { chunks, tooMuch: totalTooMuch(total) }
}

/** Two passages that follow each other, as one. */
function together(first: Open, second: Open): Open {
  if (first === second) return first
  return {
    start: first.start,
    line: first.line,
    characters: first.characters + second.characters,
    marks: first.marks + second.marks,
    depth: Math.max(first.depth, second.depth),
  }
}

interface Open {
  readonly start: number
  readonly line: number
  characters: number
  marks: number
  depth: number
}

const createOpen = (start: number, line: number): Open => ({
  start,
  line,
  characters: 0,
  marks: 0,
  depth: 0,
})

/**
 * How long a chunk must be to end before a line: one that can begin nothing but something new at the
 * top level. Null: it never ends there.
 */
function beginning(text: string, wasBlank: boolean): number | null {
  if (/^#{1,6}(?:[ \t]|$)/.test(text)) return ENOUGH
  if (/^[-*+][ \t]+[^\s-]/.test(text)) return ENOUGH_OF_A_LIST
  if (!wasBlank || !/^[^\s=]/.test(text)) return null
  return /^\d{1,9}[.)]/.test(text) ? ENOUGH_OF_A_LIST : ENOUGH
}

function weigh(
  open: Open,
  total: Record<keyof typeof MAX_TOTAL, number>,
  line: Line,
  text: string,
) {
  const characters = line.end - line.start
  const depth = depthOf(text)
  // Each list or quote that begins costs as much as any other mark.
  const marks = (text.match(/[*_~[\]<>`&!|]|www|:\/\/|@/g)?.length ?? 0) + depth
  open.characters += characters
  open.marks += marks
  open.depth = Math.max(open.depth, depth)
  total.characters += characters
  total.lines += 1
  total.marks += marks
}

/** How many lists and quotes may begin on a line, those that its indentation goes on with included. */
function depthOf(text: string): number {
  const [whole, indent = ''] =
    /^([ \t]*)(?:(?:>|[-*+]|\d{1,9}[.)])(?:[ \t]+|(?=>)|$))+/.exec(text) ?? []
  if (whole === undefined) return 0
  const marks = whole.match(/>|[-*+]|\d{1,9}[.)]/g)?.length ?? 0
  return Math.floor(indent.replaceAll('\t', '    ').length / 2) + marks
}

function fenceEnd(text: string): Until | null {
  const mark = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(`{3,}(?=[^`]*$)|~{3,})/.exec(text)?.[1]
  if (mark === undefined) return null
  const end = new RegExp(
    `^[ \\t>]*${mark.startsWith('~') ? '~' : '`'}{${String(mark.length)},}[ \\t]*$`,
  )
  return (line) => end.test(line)
}

const htmlBlocks: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
]

function htmlEnd(text: string): Until | null {
  for (const [begin, end] of htmlBlocks) {
    if (begin.test(text)) return end.test(text) ? null : (line) => end.test(line)
  }
  return null
}

function tooMuchOf({ characters, marks, depth }: Open): string | null {
  if (depth > MAX_DEPTH) {
    return `lists or quotes are nested more than ${String(MAX_DEPTH)} levels deep`
  }
  if (characters > MAX_CHUNK) {
    return `more than ${String(MAX_CHUNK / 1_000)},000 characters without a paragraph's end`
  }
  return marks > MAX_MARKS ? `more than ${grouped(MAX_MARKS)} marks in one passage` : null
}

function totalTooMuch({ characters, lines, marks }: Record<keyof typeof MAX_TOTAL, number>) {
  if (characters > MAX_TOTAL.characters) {
    return `it has more than ${grouped(MAX_TOTAL.characters)} characters outside of code blocks`
  }
  if (lines > MAX_TOTAL.lines) {
    return `it has more than ${grouped(MAX_TOTAL.lines)} lines outside of code blocks`
  }
  return marks > MAX_TOTAL.marks ? `it has more than ${grouped(MAX_TOTAL.marks)} marks` : null
}

const grouped = (count: number) => count.toLocaleString('en-GB')
