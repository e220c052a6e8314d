import type { List, ListItem, Nodes, Paragraph, RootContent } from 'mdast'
import type { ReadCode } from './code.ts'
import { startOf, within } from './markdown.ts'
import { plainText, sentencesOf, shortened, showing, titleOf } from './plain-text.ts'
import type { Outline } from './sections.ts'

/** A step before it is read: what is in it. */
export interface Draft {
  readonly title: string
  readonly nodes: (RootContent | ListItem)[]
  readonly isParagraph: boolean
}

/** What can be asked of the code of a page. */
export type CodeOf = (node: Nodes) => ReadCode | undefined

/** How steps are found in a section. */
export interface DraftRules {
  readonly codeOf: CodeOf
  /** True where a bullet is something to do: headings of the page say what it is for. */
  readonly bulletsAreSteps: boolean
}

type ListOf = 'ordered' | 'bullets' | null

/**
 * The steps of one section: the items of its ordered lists, else its bullets; and, beside either,
 * each paragraph that leads to code. What is none of them stays prose.
 */
export function draftsOf(section: Outline, rules: DraftRules): readonly Draft[] {
  const { nodes } = section
  const isContext = section.phase === 'context'
  const lists = candidates(nodes)
  const mode = modeOf(lists, rules, isContext)
  const walk = createWalk(section, rules)
  nodes.forEach((node, index) => {
    if (node.type === 'list' && lists.includes(node) && isStepList(node, mode)) walk.list(node)
    else if (mode === 'ordered' && walk.isBeforeNext(nodes, index)) walk.attach(node)
    else walk.other(node)
  })
  const drafts = walk.finish()
  if (!isContext) return drafts
  // What a page tells of its alert is no step, unless there is something to run.
  return drafts.filter((draft) => allCode(draft.nodes, rules.codeOf).some(isRun))
}

/** Leads to a list of examples, causes or conditions, which nobody carries out. */
const enumerating =
  /^(?:for )?examples?\b.*:$|\b(?:such as|for example|e\.g\.|examples?|including|caused by|due to|(?:reasons?|causes?)(?: \w+)?|because|if|when)\s*:$/i

/** The lists of a section that may be steps. */
function candidates(nodes: readonly RootContent[]): readonly List[] {
  return nodes.filter((node, index): node is List => {
    if (node.type !== 'list') return false
    const before = nodes[index - 1]
    return (
      node.ordered === true ||
      before?.type !== 'paragraph' ||
      !enumerating.test(lastSentence(before))
    )
  })
}

function modeOf(lists: readonly List[], rules: DraftRules, isContext: boolean): ListOf {
  if (lists.some((list) => isStepList(list, 'ordered'))) return 'ordered'
  const hasChecks = lists.some((list) => list.children.some((item) => isCheck(item)))
  const areSteps = rules.bulletsAreSteps || isContext || hasChecks
  return areSteps && lists.some((list) => isStepList(list, 'bullets')) ? 'bullets' : null
}

const isCheck = ({ checked }: ListItem) => typeof checked === 'boolean'

function isStepList(list: List, mode: ListOf): boolean {
  if (mode === null || (list.ordered === true) !== (mode === 'ordered')) return false
  return !list.children.every(isBareLink)
}

/** `- [Debugging pods](…)`: a list of nothing else is further reading. */
function isBareLink(item: ListItem): boolean {
  const [only, ...others] = item.children
  if (only?.type !== 'paragraph' || others.length > 0) return false
  let links = 0
  for (const child of only.children) {
    if (child.type === 'link' || child.type === 'linkReference') links += 1
    else if (child.type !== 'text' || /[\p{L}\p{N}]/u.test(child.value)) return false
  }
  return links > 0
}

function isRun({ code }: ReadCode): boolean {
  return code.kind !== 'copy'
}

/** What would be lost as a command if it stood outside of every step. */
const isStepCode = ({ code, isData }: ReadCode) => code.kind !== 'copy' || !isData

function allCode(nodes: readonly Nodes[], codeOf: CodeOf): readonly ReadCode[] {
  return within(nodes, 'code').flatMap((node) => codeOf(node) ?? [])
}

/** What follows such a sentence is shown, whatever it is. */
const isShowing = (sentence: string) =>
  showing.test(sentence) ||
  /\b(?:something|looks?|similar|such as|should (?:see|show|contain))\b.*:$/i.test(sentence)

function createWalk(section: Outline, { codeOf }: DraftRules) {
  const drafts: Draft[] = []
  /** The step that is gone on with, if any. */
  let current: Draft | null = null
  /** True while nothing but code followed the last list. */
  let isRightBehindList = false
  let next: number | null = null
  let prose: RootContent[] = []

  const begin = (draft: Draft) => {
    drafts.push(draft)
    current = draft
  }
  /** What was read since the last code explains the step before it, up to HTML or further reading. */
  const settle = () => {
    if (current?.isParagraph === true) {
      const end = prose.findIndex(
        (node) => node.type === 'html' || (node.type === 'list' && node.children.every(isBareLink)),
      )
      current.nodes.push(...(end < 0 ? prose : prose.slice(0, end)))
    }
    prose = []
  }
  const code = (node: RootContent, found: readonly ReadCode[]) => {
    const leading = prose.filter((each): each is Paragraph => each.type === 'paragraph')
    const lead = leading.findLast((each) => plainText(each).endsWith(':')) ?? leading.at(-1)
    const isShown =
      found.every(({ code: { kind } }) => kind === 'copy') &&
      (!found.some(isStepCode) || (lead !== undefined && isShowing(lastSentence(lead))))
    const goesOn = lead === undefined && current?.isParagraph === true
    if (isShown && current === null) {
      prose = []
      return
    }
    if (current !== null && (isShown || goesOn)) {
      current.nodes.push(...prose, node)
      prose = []
      return
    }
    const from = lead === undefined ? 0 : prose.indexOf(lead)
    const own = prose.slice(from)
    prose = prose.slice(0, from)
    settle()
    begin({ title: paragraphTitle(section, lead), nodes: [...own, node], isParagraph: true })
  }

  return {
    list(list: List) {
      settle()
      for (const item of list.children) {
        begin({ title: itemTitle(item, section), nodes: [item], isParagraph: false })
      }
      isRightBehindList = true
      next = list.ordered === true ? (list.start ?? 1) + list.children.length : null
    },
    /** Whether an ordered list goes on behind a node, with the number that comes next. */
    isBeforeNext(nodes: readonly RootContent[], index: number): boolean {
      if (next === null || current === null || current.isParagraph) return false
      const list = nodes
        .slice(index)
        .find((node): node is List => node.type === 'list' && isStepList(node, 'ordered'))
      return list !== undefined && next > 1 && list.start === next
    },
    attach(node: RootContent) {
      current?.nodes.push(node)
    },
    other(node: RootContent) {
      if (isRightBehindList && node.type === 'code') {
        current?.nodes.push(node)
        return
      }
      if (isRightBehindList) {
        isRightBehindList = false
        current = null
      }
      const found = allCode([node], codeOf)
      if (found.length > 0 && (node.type !== 'list' || found.some(isStepCode))) code(node, found)
      else prose.push(node)
    },
    finish(): readonly Draft[] {
      settle()
      return drafts
    },
  }
}

const lastSentence = (paragraph: Paragraph) => sentencesOf(plainText(paragraph)).at(-1) ?? ''

/** The heading where it names what its one paragraph only explains. */
function paragraphTitle(section: Outline, lead: Paragraph | undefined): string {
  const text = lead === undefined ? '' : plainText(lead)
  if (text === '') return section.title === '' ? 'Run' : shortened(section.title)
  return titleOf(text)
}

function itemTitle(item: ListItem, section: Outline): string {
  const [first] = item.children
  const text = first === undefined ? '' : plainText(first)
  if (text !== '') return shortened(sentencesOf(text)[0] ?? '')
  return section.title === '' ? 'Run' : shortened(section.title)
}

/** `### 2. Restart the pods`, `### Step 2: Restart the pods`; null for a heading without a number. */
export function numberedTitle(title: string): string | null {
  const [whole] = /^(?:step\s+\d+(?:\.\d+)*\s*[.:)–-]*|\d+(?:\.\d+)*\s*[.:)])\s+/i.exec(title) ?? []
  if (whole === undefined) return null
  const rest = title.slice(whole.length)
  return rest === '' ? null : shortened(rest)
}

/** Where a draft begins in the source. */
export const draftStart = ({ nodes }: Draft): number => {
  const [first] = nodes
  return first === undefined ? 0 : startOf(first)
}
