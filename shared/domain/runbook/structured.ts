import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml'
import { pickAttributes } from './attributes.ts'
import { lineAt, linesOf } from './lines.ts'
import { shellPlaceholders, templatePlaceholders } from './placeholders.ts'
import { shortened } from './plain-text.ts'
import type { Block, Code, Finding, Runbook, Step } from './schema.ts'
import { createStepIds } from './step-id.ts'

/** Most steps of one file. */
const MAX_STEPS = 1_000
/** Longest file, in UTF-16 units. */
const MAX_LENGTH = 300_000

/** What a structured runbook says; the rest of a runbook is its file's. */
export type Structured = Pick<
  Runbook,
  'owner' | 'verified' | 'trigger' | 'blocks' | 'steps' | 'findings'
> & { readonly title: string | null; readonly alerts: readonly string[] }

/** Keys whose values are steps. */
const lists = ['automated_steps', 'manual_steps'] as const

/**
 * Reads a runbook in YAML: `trigger`, `automated_steps` with `name`, `command` and `condition`, and
 * `manual_steps`. What is none of these stays in the text, with a finding where it was meant as a step.
 */
export function readStructured(source: string): Structured {
  if (source.length > MAX_LENGTH) {
    return asText(source, {
      line: 1,
      message: `This runbook is shown as text, without steps: it has more than ${MAX_LENGTH.toLocaleString('en-GB')} characters.`,
    })
  }
  const lines = new LineCounter()
  try {
    const document = parseDocument(source, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    })
    const [error] = document.errors
    if (error) {
      const { line } = lines.linePos(error.pos[0])
      return asText(source, {
        line,
        message: 'This runbook is not valid YAML and is shown as text.',
      })
    }
    const root = document.contents
    if (!isMap(root) || !lists.some((key) => root.has(key))) {
      const message = `This YAML is no runbook: it has neither ${lists.join(' nor ')}. It is shown as text.`
      return asText(source, { line: 1, message })
    }
    return read(source, root)
  } catch {
    // Nested so deep that the parser gives up.
    return asText(source, { line: 1, message: 'This YAML cannot be read and is shown as text.' })
  }
}

function asText(source: string, finding: Finding): Structured {
  return {
    title: null,
    alerts: [],
    owner: null,
    verified: null,
    trigger: null,
    blocks: cutAt(source, []),
    steps: [],
    findings: [finding],
  }
}

interface Item {
  readonly node: Node
  readonly isAutomated: boolean
}

function read(source: string, root: YAMLMap): Structured {
  const lines = linesOf(source)
  const lineOf = (offset: number) => lineAt(lines, offset) + 1
  const items: Item[] = []
  const findings: Finding[] = []
  for (const key of lists) {
    const list: unknown = root.get(key, true)
    if (list === undefined || (isScalar(list) && list.value === null)) continue
    if (!isSeq(list)) {
      const line = lineOf(rangeOf(list)[0])
      findings.push({ line, message: `${key} is not a list of steps.` })
      continue
    }
    for (const node of list.items) {
      if (isMap(node) || isScalar(node))
        items.push({ node, isAutomated: key === 'automated_steps' })
    }
  }
  const inOrder = items.toSorted((a, b) => rangeOf(a.node)[0] - rangeOf(b.node)[0])
  if (inOrder.length > MAX_STEPS) {
    const line = lineOf(rangeOf(inOrder[MAX_STEPS]?.node)[0])
    findings.push({
      line,
      message: `Only the first ${MAX_STEPS.toLocaleString('en-GB')} steps are read.`,
    })
  }
  const read = inOrder.slice(0, MAX_STEPS)
  const blocks = cutAt(
    source,
    read.map(({ node }) => lines[lineOf(rangeOf(node)[0]) - 1]?.start ?? 0),
  )
  const idOf = createStepIds()
  const steps = read.flatMap(({ node, isAutomated }) => {
    const [start] = rangeOf(node)
    const from = blocks.findLastIndex((block) => block.start <= start)
    const { title, code, problems } = readItem(node, lineOf)
    const line = lineOf(start)
    findings.push(...problems.map((message) => ({ line, message })))
    if (title === null) return []
    const step: Step = {
      id: idOf([isAutomated ? 'automated' : 'manual'], title),
      title: shortened(title.replace(/\s+/g, ' ')),
      phase: null,
      section: null,
      part: null,
      line,
      from,
      until: from + 1,
      commands: code === null ? [] : [code],
      queries: [],
      probes: [],
      copies: [],
      mentions: code === null ? templatesAt(source, rangeOf(node)) : [],
      links: [],
      checks: [],
      decisions: [],
    }
    return [step]
  })
  const text = (keys: readonly string[]) =>
    keys.map((key) => textOf(root.get(key, true))).find((each) => each !== null) ?? null
  const alert = text(['alert'])
  const trigger = root.get('trigger', true)
  return {
    title: text(['title', 'name', 'runbook']),
    alerts: alert === null ? [] : [alert],
    owner: text(['owner', 'team']),
    verified: text(['verified', 'last_tested']),
    trigger:
      textOf(trigger) ?? (trigger === undefined ? null : source.slice(...rangeOf(trigger)).trim()),
    blocks,
    steps,
    findings,
  }
}

interface ReadItem {
  readonly title: string | null
  readonly code: Code | null
  readonly problems: readonly string[]
}

/** Keys of a step that are no attributes of its command. */
const own = new Set(['name', 'title', 'description', 'command', 'condition'])

function readItem(node: Node, lineOf: (offset: number) => number): ReadItem {
  if (!isMap(node)) {
    const title = textOf(node)
    return { title, code: null, problems: title === null ? ['This step says nothing.'] : [] }
  }
  const command: unknown = node.get('command', true)
  const run = textOf(command)
  const name = ['name', 'title', 'description'].map((key) => textOf(node.get(key, true)))
  const title = name.find((each) => each !== null) ?? run
  const problems: string[] = []
  if (command !== undefined && run === null)
    problems.push('The command of this step is not a text.')
  if (title === null)
    return { title, code: null, problems: [...problems, 'This step has no name.'] }
  if (run === null) return { title, code: null, problems }

  const rest: Record<string, unknown> = {}
  for (const { key, value } of node.items) {
    const word = isScalar(key) ? String(key.value) : ''
    if (!own.has(word)) rest[word] = isScalar(value) ? value.value : null
  }
  const condition = textOf(node.get('condition', true))
  const picked = pickAttributes(condition === null ? rest : { ...rest, when: condition })
  const [start, end] = rangeOf(command)
  const { placeholders } = shellPlaceholders(run)
  const code: Code = {
    kind: 'command',
    language: 'sh',
    run,
    output: null,
    attributes: picked.attributes,
    placeholders,
    inline: false,
    start,
    end,
    line: lineOf(start),
  }
  return {
    title,
    code,
    problems: [...problems, ...picked.problems],
  }
}

/** The text of a scalar; null for anything else, and for nothing. */
function textOf(node: unknown): string | null {
  if (!isScalar(node) || node.value === null) return null
  const { value } = node
  const text = typeof value === 'string' ? value : (node.source ?? '')
  return text.trim() === '' ? null : text.trim()
}

function rangeOf(node: unknown): readonly [number, number] {
  if (typeof node !== 'object' || node === null || !('range' in node)) return [0, 0]
  const { range } = node
  return Array.isArray(range) ? [Number(range[0]), Number(range[1])] : [0, 0]
}

function templatesAt(source: string, [start, end]: readonly [number, number]) {
  return templatePlaceholders(source.slice(start, end)).map((each) => ({
    ...each,
    start: each.start + start,
    end: each.end + start,
  }))
}

/** A source as blocks that begin at some offsets. */
function cutAt(source: string, offsets: readonly number[]): readonly Block[] {
  if (source === '') return []
  const lines = linesOf(source)
  const starts = [...new Set([0, ...offsets])].toSorted((a, b) => a - b)
  return starts.map((start, index): Block => {
    const end = starts[index + 1] ?? source.length
    const text = source.slice(start, end)
    return { kind: 'code', start, end, line: lineAt(lines, start) + 1, text, content: text }
  })
}
