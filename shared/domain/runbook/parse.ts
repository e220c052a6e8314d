import { runbookFormatOf } from './entry.ts'
import type { RootContent } from 'mdast'
import { cutBlocks } from './blocks.ts'
import { readOverview } from './estimate.ts'
import { readFrontMatter } from './front-matter.ts'
import { readMarkdown, within } from './markdown.ts'
import { plainText } from './plain-text.ts'
import type { Runbook, Section } from './schema.ts'
import { isAlertName, outlineOf, type Outline } from './sections.ts'
import { readSteps } from './steps.ts'
import { readStructured } from './structured.ts'

/** Longest file that is read, in UTF-16 units; what is longer is shown as text. */
export const MAX_RUNBOOK_LENGTH = 2_000_000

/** A file to read. */
export interface RunbookFile {
  /** With `/`, relative to the folder of the runbooks. */
  readonly path: string
  readonly text: string
}

/**
 * Reads a runbook. Everything of its text is in its blocks, whatever was understood of it; what was
 * meant and could not be read is a finding. Never fails. Pure.
 */
export function parseRunbook({ path, text }: RunbookFile): Runbook {
  if (text.length > MAX_RUNBOOK_LENGTH) return asText({ path, text })
  if (runbookFormatOf(path) === 'yaml') return parseStructured({ path, text })
  const front = readFrontMatter(text)
  const tree = readMarkdown(text, front.end)
  const blocks = cutBlocks(text, front.end, tree.nodes)
  const { outlines, parts } = outlineOf(tree.nodes, front.alerts)
  const { steps, findings } = readSteps({
    source: text,
    blocks,
    outlines,
    definitions: tree.definitions,
  })
  const overview = overviewOf(tree.nodes)
  const title = outlines.find(({ level }) => level === 1)?.title ?? front.title ?? baseOf(path)
  return {
    path,
    title,
    alerts: alertsOf({ path, title, declared: front.alerts, parts }),
    owner: front.owner,
    verified: front.verified ?? overview.verified,
    vars: front.vars,
    estimate: front.estimate ?? overview.estimate,
    trigger: null,
    blocks: blocks.blocks,
    definitions: [...tree.definitions].map(([label, url]) => ({ label, url })),
    sections: sectionsOf(outlines, blocks),
    parts,
    steps,
    findings: [...front.findings, ...tree.findings, ...findings].toSorted(
      (a, b) => a.line - b.line,
    ),
  }
}

function parseStructured({ path, text }: RunbookFile): Runbook {
  const read = readStructured(text)
  const title = read.title ?? baseOf(path)
  const alerts =
    read.alerts.length > 0 ? read.alerts : alertsOf({ path, title, declared: [], parts: [] })
  const none = { vars: [], estimate: null, definitions: [], sections: [], parts: [] }
  return { ...read, ...none, path, title, alerts }
}

function asText({ path, text }: RunbookFile): Runbook {
  const message = `This runbook is shown as text, without steps: it has more than ${MAX_RUNBOOK_LENGTH.toLocaleString('en-GB')} characters.`
  return {
    path,
    title: baseOf(path),
    alerts: [],
    owner: null,
    verified: null,
    vars: [],
    estimate: null,
    trigger: null,
    blocks: cutBlocks(text, 0, []).blocks,
    definitions: [],
    sections: [],
    parts: [],
    steps: [],
    findings: [{ line: 1, message }],
  }
}

/** The name of a file without folders and without what says its kind. */
function baseOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[A-Za-z]+$/, '')
}

interface Names {
  readonly path: string
  readonly title: string
  readonly declared: readonly string[]
  readonly parts: Runbook['parts']
}

function alertsOf({ path, title, declared, parts }: Names): readonly string[] {
  if (declared.length > 0) return declared
  if (parts.length > 0) return [...new Set(parts.map(({ alert }) => alert))]
  const base = baseOf(path)
  // A page may be called by a name that it has taken over from another one: it is for both.
  return [...new Set([title, base])].filter(
    (name) => isAlertName(name) || (title === base && /^[A-Z]\w+$/.test(name)),
  )
}

function sectionsOf(
  outlines: readonly Outline[],
  blocks: ReturnType<typeof cutBlocks>,
): readonly Section[] {
  const headings = outlines.flatMap((outline) =>
    outline.heading === null ? [] : [{ ...outline, heading: outline.heading }],
  )
  return headings.map(({ id, title, level, phase, part, parent, line, heading }, index) => {
    const next = headings[index + 1]?.heading
    return {
      id,
      title,
      level,
      phase,
      part: part?.id ?? null,
      parent: parent?.id ?? null,
      line,
      from: blocks.indexAt(heading.position?.start.offset ?? 0),
      until:
        next === undefined
          ? blocks.blocks.length
          : blocks.indexAt(next.position?.start.offset ?? 0),
    }
  })
}

/** What a page's lines say of the page itself. */
function overviewOf(nodes: readonly RootContent[]): ReturnType<typeof readOverview> {
  let estimate: number | null = null
  let verified: string | null = null
  for (const paragraph of within(nodes, 'paragraph')) {
    const read = readOverview(plainText(paragraph).slice(0, 200))
    estimate ??= read.estimate
    verified ??= read.verified
  }
  return { estimate, verified }
}
