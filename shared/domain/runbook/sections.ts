import type { Heading, RootContent } from 'mdast'
import { createAnchors } from './anchor.ts'
import { lineOf } from './markdown.ts'
import { phaseOf } from './phases.ts'
import { plainText } from './plain-text.ts'
import type { Part, Phase } from './schema.ts'

/** A heading with what stands below it, up to the next heading. */
export interface Outline {
  /** Null for what stands before the first heading; then all below is empty. */
  readonly heading: Heading | null
  readonly id: string
  readonly title: string
  /** 0 before the first heading. */
  readonly level: number
  readonly phase: Phase | null
  readonly part: Part | null
  readonly parent: Outline | null
  readonly line: number
  readonly nodes: readonly RootContent[]
}

/** The outline of a page. */
export interface Outlines {
  /** The first one is what stands before the first heading. */
  readonly outlines: readonly Outline[]
  readonly parts: readonly Part[]
}

interface Titled {
  readonly heading: Heading
  readonly title: string
  readonly id: string
}

/**
 * The headings of a page, with their phases and the alerts they are about.
 *
 * @param alerts those that the front matter names.
 */
export function outlineOf(nodes: readonly RootContent[], alerts: readonly string[]): Outlines {
  const anchors = createAnchors()
  const titles = new Map<Heading, Titled>()
  for (const node of nodes) {
    if (node.type === 'heading') titles.set(node, titledOf(node, anchors))
  }
  const partHeadings = findParts([...titles.values()], alerts)
  const topLevels = [...titles.values()].filter(({ heading }) => heading.depth === 1)
  const pageTitle = topLevels.length === 1 ? topLevels[0]?.heading : undefined

  const outlines: Draft[] = [createDraft(null)]
  const parts: Part[] = []
  for (const node of nodes) {
    if (node.type !== 'heading') {
      outlines.at(-1)?.nodes.push(node)
      continue
    }
    const titled = titles.get(node)
    if (titled === undefined) continue
    const parent = aroundOf(outlines, node.depth)
    const alert = partHeadings.get(node)
    const part = alert === undefined ? (parent?.part ?? null) : { id: titled.id, alert }
    if (part !== null && alert !== undefined) parts.push(part)
    const isNamed = node === pageTitle || alert !== undefined
    const phase = isNamed ? null : phaseOf(titled.title, parent?.phase ?? null)
    outlines.push({ ...createDraft(titled), phase, part, parent })
  }
  return { outlines, parts }
}

type Draft = Omit<Outline, 'nodes'> & { readonly nodes: RootContent[] }

function createDraft(titled: Titled | null): Draft {
  return {
    heading: titled?.heading ?? null,
    id: titled?.id ?? '',
    title: titled?.title ?? '',
    level: titled?.heading.depth ?? 0,
    phase: null,
    part: null,
    parent: null,
    line: titled === null ? 1 : lineOf(titled.heading),
    nodes: [],
  }
}

function titledOf(heading: Heading, anchors: (title: string) => string): Titled {
  const whole = plainText(heading)
  const [own, id] = /\s*\{#([^\s}]+)[^}]*\}$/.exec(whole) ?? []
  const title = own === undefined ? whole : whole.slice(0, -own.length)
  return { heading, title, id: id ?? anchors(title) }
}

/** The heading that one of a depth stands below. */
function aroundOf(outlines: readonly Outline[], depth: number): Outline | null {
  let around: Outline | null = outlines.at(-1) ?? null
  while (around !== null && (around.level >= depth || around.heading === null))
    around = around.parent
  return around
}

/** Headings that say in words that they name an alert, as those of the Kubernetes mixin do. */
const worded = /^alert(?:\s*name)?\s*[:–-]\s*["'“]?([\w:.-]+)["'”]?$/i
/** `KubePodCrashLooping`: two capitals at least, small letters between them. */
const alertName = /^["'“]?([A-Za-z][A-Za-z0-9_]*)["'”]?$/

/** Whether a word is spelled as alerts are. */
export function isAlertName(word: string): boolean {
  return alertName.test(word) && /[A-Z]/.test(word.slice(1)) && /[a-z]/.test(word)
}

/** The headings that begin a runbook of their own, each with its alert. */
function findParts(
  titles: readonly Titled[],
  alerts: readonly string[],
): ReadonlyMap<Heading, string> {
  const known = new Set(alerts)
  const candidates = titles.flatMap(({ heading, title }) => {
    const said = worded.exec(title)?.[1] ?? (known.has(title) ? title : undefined)
    if (said !== undefined) return [{ heading, alert: said }]
    const spelled = isAlertName(title) ? alertName.exec(title)?.[1] : undefined
    return spelled === undefined ? [] : [{ heading, alert: spelled }]
  })
  // All of one level, the uppermost that has several: the title of a page is no part of it.
  const levels = [1, 2, 3, 4, 5, 6].map((level) =>
    candidates.filter(({ heading }) => heading.depth === level),
  )
  const found = levels.find((level) => level.length > 1) ?? []
  return new Map(found.map(({ heading, alert }) => [heading, alert]))
}
