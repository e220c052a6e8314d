import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { readEstimate } from './estimate.ts'
import type { Finding, Variable } from './schema.ts'

/** Values that aliases may stand for in all. */
const MAX_ALIASES = 20
/** Longest front matter, in UTF-16 units. */
const MAX_LENGTH = 50_000

const line = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => String(value).trim())
const text = line.pipe(z.string().min(1).max(500))
const names = z.union([text.transform((one) => [one]), z.array(text).max(1_000)])
const vars = z.union([
  z.array(text).transform((list) => list.map((name) => ({ name, value: null }))),
  z
    .record(z.string().max(128), line.nullable())
    .transform((map) => Object.entries(map).map(([name, value]) => ({ name, value }))),
])

/** Keys, each with its other spellings. */
const fields = {
  title: { schema: text, keys: ['title'], wants: 'a text' },
  alerts: { schema: names, keys: ['alerts', 'alert'], wants: 'the names of alerts' },
  owner: { schema: text, keys: ['owner', 'team'], wants: 'a text' },
  verified: { schema: text, keys: ['verified', 'last_tested', 'lastTested'], wants: 'a date' },
  vars: { schema: vars, keys: ['vars'], wants: 'names, or names with values' },
  estimate: {
    schema: text,
    keys: ['estimate', 'duration', 'expected_duration', 'expectedDuration'],
    wants: 'a duration such as 15m',
  },
} as const

/** What stands before a page's Markdown. */
export interface FrontMatter {
  /** Where the Markdown begins, in UTF-16 units; 0 without front matter. */
  readonly end: number
  readonly title: string | null
  readonly alerts: readonly string[]
  readonly owner: string | null
  readonly verified: string | null
  readonly vars: readonly Variable[]
  /** In ms. */
  readonly estimate: number | null
  readonly findings: readonly Finding[]
}

const nothing = {
  title: null,
  alerts: [],
  owner: null,
  verified: null,
  vars: [],
  estimate: null,
} as const

/** Reads front matter between two lines of `---`. What cannot be read of it is a finding. */
export function readFrontMatter(source: string): FrontMatter {
  const opening = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/.exec(source)?.[0]
  if (opening === undefined) return { ...nothing, end: 0, findings: [] }
  const closing = /^---[ \t]*(?:\r\n|\n|\r|$(?![\s\S]))/gm
  closing.lastIndex = opening.length
  const close = closing.exec(source.slice(0, opening.length + MAX_LENGTH))
  if (close === null) return { ...nothing, end: 0, findings: [] }
  const end = close.index + close[0].length
  const { value, findings } = readYaml(source.slice(opening.length, close.index))
  if (value === null) return { ...nothing, end, findings }

  const problems: Finding[] = [...findings]
  const read = <Key extends keyof typeof fields>(key: Key) => {
    const { schema, keys, wants } = fields[key]
    const found = keys.find((each) => value.has(each))
    if (found === undefined) return null
    const { value: raw, line: at } = value.get(found) ?? { value: null, line: 1 }
    if (raw === null) return null
    const parsed = schema.safeParse(raw)
    if (parsed.success) return parsed.data as z.output<(typeof fields)[Key]['schema']>
    problems.push({ line: at, message: `Front matter: ${found} is not ${wants}.` })
    return null
  }
  const estimate = read('estimate')
  return {
    end,
    title: read('title'),
    alerts: read('alerts') ?? [],
    owner: read('owner'),
    verified: read('verified'),
    vars: read('vars') ?? [],
    estimate: estimate === null ? null : readEstimate(estimate),
    findings: problems,
  }
}

interface Entry {
  readonly value: unknown
  /** In the file, counted from 1. */
  readonly line: number
}

function readYaml(yaml: string): {
  readonly value: ReadonlyMap<string, Entry> | null
  readonly findings: readonly Finding[]
} {
  const broken = (line: number) => ({
    value: null,
    findings: [{ line, message: 'The front matter is not valid YAML and is not used.' }],
  })
  const lines = new LineCounter()
  try {
    const document = parseDocument(yaml, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    })
    const [error] = document.errors
    // The front matter begins on the second line of the file.
    if (error) return broken(lines.linePos(error.pos[0]).line + 1)
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
    if (value === null || value === undefined) return { value: new Map(), findings: [] }
    if (typeof value !== 'object' || Array.isArray(value)) return broken(2)
    const entries = Object.entries(value).map(([key, each]): [string, Entry] => {
      const node = document.get(key, true)
      const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
      const from = Array.isArray(range) ? Number(range[0]) : 0
      return [key, { value: each, line: lines.linePos(from).line + 1 }]
    })
    return { value: new Map(entries), findings: [] }
  } catch {
    // Aliases that unfold without end.
    return broken(1)
  }
}
