import type { Code as Fence, InlineCode } from 'mdast'
import { readFenceInfo, noAttributes } from './attributes.ts'
import { checkMeant, readCheckFence } from './check/fence.ts'
import { queryMeant, readQueryFence } from './query/fence.ts'
import { endOf, lineOf, startOf } from './markdown.ts'
import { shellPlaceholders, textPlaceholders, type Found } from './placeholders.ts'
import type { Code } from './schema.ts'

/** Languages of fences that a shell runs. */
const shells = new Set(
  'sh bash shell zsh console terminal shellsession shell-session sh-session bash-session'.split(
    ' ',
  ),
)
/** Languages that show something and are not meant to be carried out. */
const data = new Set(
  (
    'yaml yml json jsonc json5 toml ini properties xml html css text txt plaintext plain output log logs ' +
    'diff csv tsv mermaid markdown md http go-template gotemplate'
  ).split(' '),
)

/** Longest code that can be run, in UTF-16 units: nobody reads more before running it. */
const MAX_CODE = 20_000

/** Code and what the parser needs to know of it besides. */
export interface ReadCode {
  readonly code: Code
  /** True for what is shown and not carried out: it is no step by itself. */
  readonly isData: boolean
  /** Variables that it sets for the steps after it. */
  readonly sets: readonly string[]
  readonly problems: readonly string[]
}

/** Reads a block of code. `source` is the whole text that its offsets are of. */
export function readFence(fence: Fence, source: string): ReadCode {
  const place = { start: startOf(fence), end: endOf(fence), line: lineOf(fence), inline: false }
  // The tree has the info string with its backslashes and entities resolved, which breaks JSON.
  const firstLine = source.slice(place.start, place.end).split(/[\r\n]/, 1)[0] ?? ''
  const line = /^(?:`{3,}|~{3,})(.*)$/.exec(firstLine)?.[1] ?? ''
  const info = readFenceInfo(line)
  const { language, attributes, problems } = info
  const text = fence.value.replace(/\r\n?/g, '\n')
  const hasEnd = isClosed(source.slice(place.start, place.end))
  const check = checkMeant(info)
  const query = queryMeant(info)
  const special =
    check !== null
      ? ({ as: 'check', ...readCheckFence(check, info, text) } as const)
      : query !== null
        ? ({ as: 'query', ...readQueryFence(query, info, text) } as const)
        : null
  if (special !== null) {
    const { as, canRun, attributes, placeholders, problems: own } = special
    const kind = canRun && hasEnd ? as : 'copy'
    return {
      code: { kind, language, run: text, output: null, attributes, placeholders, ...place },
      isData: false,
      sets: [],
      problems: [...problems, ...own, ...(hasEnd ? [] : [UNCLOSED])],
    }
  }
  const isQuery = language === 'promql'
  const isMeant = isQuery || (language !== null && shells.has(language))
  const isTooLong = text.length > MAX_CODE
  // Behind a fence without an end the author's own words would run.
  const canRun = isMeant && hasEnd && !isTooLong
  const { run, output } = (isMeant && !isTooLong ? withoutPrompts(text) : null) ?? {
    run: text,
    output: null,
  }
  const isNothing = canRun && !isRunnable(run, isQuery)
  const kind = !canRun || isNothing ? 'copy' : isQuery ? 'query' : 'command'
  const { placeholders, sets } = isTooLong ? nothing : placeholdersOf(run, language, isMeant)
  return {
    code: { kind, language, run, output, attributes, placeholders, ...place },
    isData: isNothing || (language !== null && data.has(language)),
    sets,
    problems: [
      ...problems,
      ...(attributes.at === null && attributes.since === null ? [] : [NOT_SENT]),
      ...(hasEnd ? [] : [UNCLOSED]),
      ...(isMeant && isTooLong ? [TOO_LONG] : []),
    ],
  }
}

const nothing: Found = { placeholders: [], sets: [] }

/** A fence that says nothing is nearly always a shell's. */
function placeholdersOf(run: string, language: string | null, isMeant: boolean): Found {
  if (language === null || (isMeant && language !== 'promql')) return shellPlaceholders(run)
  return { placeholders: textPlaceholders(run, isMeant ? 'query' : 'data'), sets: [] }
}

const TOO_LONG = `This code has more than ${MAX_CODE.toLocaleString('en-GB')} characters: it can only be copied.`
const NOT_SENT =
  'Only a query in sql, logql or elasticsearch is sent to a place: at and since say nothing here.'
const UNCLOSED =
  'This code block has no end: what follows may be read as part of it. It can only be copied.'

/** Whether a fence has its end; code that is only indented needs none. */
function isClosed(text: string): boolean {
  const mark = /^(`{3,}|~{3,})/.exec(text)?.[1]
  if (mark === undefined) return true
  const last =
    text
      .trimEnd()
      .split(/[\r\n]/)
      .at(-1) ?? ''
  const end = /^[ \t>]*(`+|~+)$/.exec(last)?.[1] ?? ''
  return last !== text.trimEnd() && end.startsWith(mark[0] ?? '`') && end.length >= mark.length
}

/** Reads code within a sentence; it can only be copied. */
export function readInline(node: InlineCode): Code {
  const run = node.value
  return {
    kind: 'copy',
    language: null,
    run,
    output: null,
    attributes: noAttributes,
    placeholders: textPlaceholders(run, 'inline'),
    inline: true,
    start: startOf(node),
    end: endOf(node),
    line: lineOf(node),
  }
}

/** False for what nothing would be done with, and for a manifest under a shell's name. */
function isRunnable(run: string, isQuery: boolean): boolean {
  const first = run.split('\n').find((line) => !/^\s*(?:#|$)/.test(line))
  return first !== undefined && (isQuery || !/^\s*[A-Za-z][\w.-]*:(?:\s|$)/.test(first))
}

interface Prompted {
  readonly run: string
  readonly output: string | null
}

/**
 * Parts what is typed behind `$ ` from what is printed. A prompted line goes on while it ends with
 * a backslash or has a here-document open. Null: there are no prompts.
 */
function withoutPrompts(text: string): Prompted | null {
  const lines = text.split('\n')
  const prompt = /^\s*\$ +/
  if (!lines.some((line) => prompt.test(line))) return null
  const run: string[] = []
  const output: string[] = []
  let printed: string[] = []
  let hereEnd: string | null = null
  let goesOn = false
  const flush = () => {
    // What is nothing but comments explains the next line and is not printed by the last one.
    if (printed.some((line) => !/^\s*(?:#|$)/.test(line))) output.push(...printed)
    printed = []
  }
  for (const line of lines) {
    const isNew: boolean = !goesOn && hereEnd === null && prompt.test(line)
    if (!isNew && !goesOn && hereEnd === null) {
      printed.push(line)
      continue
    }
    if (isNew) flush()
    const typed: string = isNew
      ? line.replace(prompt, '')
      : hereEnd === null
        ? line.replace(/^> /, '')
        : line
    run.push(typed)
    if (hereEnd !== null) {
      if (line.trim() === hereEnd) hereEnd = null
    } else {
      hereEnd = /(?<!<)<<-?(?!<)\s*["']?([A-Za-z_]\w*)["']?/.exec(typed)?.[1] ?? null
    }
    goesOn = hereEnd === null && /(?:^|[^\\])(?:\\\\)*\\$/.test(typed)
  }
  flush()
  const shown = output.join('\n').replace(/^\n+|\s+$/g, '')
  return { run: run.join('\n').trimEnd(), output: shown === '' ? null : shown }
}
