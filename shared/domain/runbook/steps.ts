import type { Nodes } from 'mdast'
import type { Blocks } from './blocks.ts'
import { readFence, readInline, type ReadCode } from './code.ts'
import { decisionsOf } from './decisions.ts'
import { draftsOf, numberedTitle, type Draft } from './drafts.ts'
import { linksOf } from './links.ts'
import { endOf, lineOf, startOf, within } from './markdown.ts'
import { phaseOf } from './phases.ts'
import { templatePlaceholders } from './placeholders.ts'
import { plainText } from './plain-text.ts'
import type { Check, Code, Finding, Placeholder, Step } from './schema.ts'
import type { Outline } from './sections.ts'
import { createStepIds } from './step-id.ts'

/** What steps are read from. */
export interface StepsInput {
  readonly source: string
  readonly blocks: Blocks
  readonly outlines: readonly Outline[]
  readonly definitions: ReadonlyMap<string, string>
}

/** The steps of a page, in the order of its text, and what could not be read of its code. */
export function readSteps(input: StepsInput): {
  readonly steps: readonly Step[]
  readonly findings: readonly Finding[]
} {
  const { source, outlines } = input
  const codes = new Map<Nodes, ReadCode>()
  const findings: Finding[] = []
  for (const fence of within(
    outlines.flatMap(({ nodes }) => nodes),
    'code',
  )) {
    const read = readFence(fence, source)
    codes.set(fence, read)
    for (const message of read.problems) findings.push({ line: read.code.line, message })
  }
  const drafts = placedDrafts(outlines, codes)
  const idOf = createStepIds()
  const variables = createVariables()
  const steps = drafts.map(({ draft, section }): Step => {
    const id = idOf(placeOf(section), draft.title)
    return readStep({ ...input, codes, variables }, { draft, section, id })
  })
  return { steps, findings }
}

interface Placed {
  readonly draft: Draft
  readonly section: Outline
}

function placedDrafts(
  outlines: readonly Outline[],
  codes: ReadonlyMap<Nodes, ReadCode>,
): readonly Placed[] {
  const codeOf = (node: Nodes) => codes.get(node)
  const knowsPhases = new Set(
    outlines.filter(({ phase }) => phase !== null).map(({ part }) => part?.id ?? null),
  )
  const placed: Placed[] = []
  for (let index = 0; index < outlines.length; index += 1) {
    const section = outlines[index]
    if (section === undefined) continue
    const whole = wholeHeading(outlines, index)
    if (whole !== null) {
      placed.push({ draft: whole.draft, section })
      index += whole.sections - 1
      continue
    }
    const isKnown = section.phase !== null && section.phase !== 'context'
    const isOnly = !knowsPhases.has(section.part?.id ?? null) && !leadsToCode(section, codes)
    const drafts = draftsOf(section, { codeOf, bulletsAreSteps: isKnown || isOnly })
    placed.push(...drafts.map((draft) => ({ draft, section })))
  }
  return placed
}

/** Whether a section without a phase has code at its top: then its bullets are not what is done. */
function leadsToCode({ nodes }: Outline, codes: ReadonlyMap<Nodes, ReadCode>): boolean {
  return nodes.some((node) => {
    const read = codes.get(node)
    return read !== undefined && (read.code.kind !== 'copy' || !read.isData)
  })
}

/** A numbered heading that is a step with all that stands below it; null for any other section. */
function wholeHeading(
  outlines: readonly Outline[],
  index: number,
): { readonly draft: Draft; readonly sections: number } | null {
  const section = outlines[index]
  if (!section?.heading || section.phase === 'context') return null
  const title = numberedTitle(section.title)
  if (
    title === null ||
    phaseOf(title, section.parent?.phase ?? null) !== (section.parent?.phase ?? null)
  ) {
    return null
  }
  let until = index + 1
  while ((outlines[until]?.level ?? 0) > section.level) until += 1
  const all = outlines.slice(index, until)
  const hasOwnSteps = all.some(
    ({ nodes, title: each }, place) =>
      nodes.some((node) => node.type === 'list' && node.ordered === true) ||
      (place > 0 && numberedTitle(each) !== null),
  )
  if (hasOwnSteps) return null
  const nodes = all.flatMap(({ heading, nodes: own }) =>
    heading === null ? own : [heading, ...own],
  )
  return { draft: { title, nodes, isParagraph: false }, sections: all.length }
}

function placeOf(section: Outline): readonly string[] {
  const titles: string[] = []
  for (let each: Outline | null = section; each !== null; each = each.parent)
    titles.push(each.title)
  return titles.toReversed()
}

/** Which step has set which variable, as far as the page was read. */
interface Variables {
  /** Placeholders with the step that sets them, if one did. */
  known(placeholders: readonly Placeholder[]): readonly Placeholder[]
  set(names: readonly string[], step: string): void
}

function createVariables(): Variables {
  const setBy = new Map<string, string>()
  return {
    known: (placeholders) =>
      placeholders.map((each) => {
        const step = each.form === 'variable' ? setBy.get(each.name) : undefined
        return step === undefined ? each : { ...each, setBy: step }
      }),
    set(names, step) {
      for (const name of names) setBy.set(name, step)
    },
  }
}

interface StepInput extends StepsInput {
  readonly codes: ReadonlyMap<Nodes, ReadCode>
  readonly variables: Variables
}

function readStep(
  { source, blocks, codes, definitions, variables }: StepInput,
  { draft, section, id }: Placed & { readonly id: string },
): Step {
  const { nodes, title } = draft
  const start = Math.min(...nodes.map(startOf))
  const end = Math.max(...nodes.map(endOf))
  const fences = within(nodes, 'code').flatMap((node) => codes.get(node) ?? [])
  const code: Code[] = []
  for (const { code: each, sets } of fences) {
    code.push({ ...each, placeholders: variables.known(each.placeholders) })
    if (each.kind !== 'query') variables.set(sets, id)
    if (each.attributes.capture !== null) variables.set([each.attributes.capture], id)
  }
  const inline = within(nodes, 'inlineCode').map((node) => {
    const read = readInline(node)
    return { ...read, placeholders: variables.known(read.placeholders) }
  })
  const copies = [...code.filter(({ kind }) => kind === 'copy'), ...inline]
  return {
    id,
    title,
    phase: section.phase,
    section: section.heading === null ? null : section.id,
    part: section.part?.id ?? null,
    line: lineOf(
      nodes.find((node) => startOf(node) === start) ?? nodes[0] ?? { type: 'root', children: [] },
    ),
    from: blocks.indexAt(start),
    until: blocks.indexFrom(end),
    commands: code.filter(({ kind }) => kind === 'command'),
    queries: code.filter(({ kind }) => kind === 'query'),
    probes: code.filter(({ kind }) => kind === 'check'),
    copies: copies.toSorted((a, b) => a.start - b.start),
    mentions: mentionsOf(source, start, end, [...code, ...inline]),
    links: linksOf(nodes, definitions),
    checks: checksOf(nodes),
    decisions: decisionsOf(nodes),
  }
}

/** Templates in the prose between two places; those in code are the code's. */
function mentionsOf(
  source: string,
  start: number,
  end: number,
  code: readonly Code[],
): readonly Placeholder[] {
  return templatePlaceholders(source.slice(start, end))
    .map((each) => ({ ...each, start: each.start + start, end: each.end + start }))
    .filter((each) => !code.some((of) => of.start <= each.start && each.end <= of.end))
}

function checksOf(nodes: readonly Nodes[]): readonly Check[] {
  return within(nodes, 'listItem').flatMap((item) => {
    if (typeof item.checked !== 'boolean') return []
    const [first] = item.children
    const text = first === undefined ? '' : plainText(first)
    return [{ text, checked: item.checked, start: startOf(item), end: endOf(item) }]
  })
}
