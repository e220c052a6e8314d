import { z } from 'zod'
import { HANDOFF_VERSION, type HandoffDocument } from '#shared/domain/handoff/document.ts'
import {
  handoffLineSchema,
  handoffQuestionSchema,
  handoffSections,
  MAX_HANDOFF_LINES,
  MAX_LINE_TEXT,
  MAX_QUESTIONS,
  periodSchema,
  standingQuestions,
  takerSchema,
  type HandoffLine,
  type HandoffSection,
  type Period,
  type Taker,
} from '#shared/domain/handoff/schema.ts'
import type { Person } from '#shared/domain/person/schema.ts'

/** What a person made of a line: what is left out is as it was drafted. */
const editSchema = z.object({
  /** The line as it was drafted when it was edited last. */
  of: handoffLineSchema,
  text: z.string().optional(),
  nextStep: z.string().optional(),
  contact: z.string().optional(),
  isStruck: z.boolean().default(false),
})
type Edit = z.infer<typeof editSchema>

/** The handoff that is being written, as it is kept in this browser. Times in ms since the epoch, UTC. */
export const workbenchSchema = z.object({
  version: z.literal(1),
  handoffId: z.string(),
  period: periodSchema,
  /** True once the person said when it began. */
  isBeginGiven: z.boolean().default(false),
  /** True while the shift ends now: each draft takes its end along. */
  endsNow: z.boolean(),
  zone: z.string(),
  drills: z.enum(['without', 'only']),
  to: takerSchema.nullable(),
  /** What was drafted last, and when; null before. */
  drafted: z.array(handoffLineSchema),
  draftedAt: z.number().nullable(),
  edits: z.record(z.string(), editSchema),
  /** Lines that the person added. */
  own: z.array(handoffLineSchema),
  questions: z.array(handoffQuestionSchema),
  /** True once it was sent, until the engine says so. */
  isSent: z.boolean().default(false),
})
export type Workbench = Readonly<z.infer<typeof workbenchSchema>>

/** A line of the workbench, with what the person made of it. */
export interface WorkbenchLine {
  /** As it will be read. */
  readonly line: HandoffLine
  readonly isStruck: boolean
  readonly isEdited: boolean
  readonly isOwn: boolean
  /**
   * What the journal says by now, where that is another thing than what was edited; null where it is
   * not, and undefined text where it says nothing of it any more.
   */
  readonly news: { readonly text: string | null } | null
}

/** An empty workbench for a shift. */
export function newWorkbench(facts: {
  readonly handoffId: string
  readonly period: Period
  readonly zone: string
}): Workbench {
  return {
    version: 1,
    ...facts,
    isBeginGiven: false,
    endsNow: true,
    drills: 'without',
    to: null,
    drafted: [],
    draftedAt: null,
    edits: {},
    own: [],
    questions: [...standingQuestions],
    isSent: false,
  }
}

/** Reads a kept workbench; null for one that cannot be read. */
export function readWorkbench(text: string): Workbench | null {
  try {
    return workbenchSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** All lines by section: what was drafted, what was edited and is gone since, and own lines. */
export function linesOf({ drafted, edits, own }: Workbench): readonly WorkbenchLine[] {
  const ids = new Set(drafted.map(({ id }) => id))
  const gone = Object.values(edits).filter((edit) => !ids.has(edit.of.id) && hasWords(edit))
  const lines = [
    ...drafted.map((line) => withEdit(line, edits[line.id])),
    ...gone.map((edit) => ({ ...withEdit(edit.of, edit), news: { text: null } })),
    ...own.map((line): WorkbenchLine => {
      const isStruck = edits[line.id]?.isStruck ?? false
      return { line, isStruck, isEdited: false, isOwn: true, news: null }
    }),
  ]
  return handoffSections.flatMap((section) => lines.filter((each) => each.line.section === section))
}

const hasWords = ({ text, nextStep, contact }: Edit) =>
  text !== undefined || nextStep !== undefined || contact !== undefined

function withEdit(line: HandoffLine, edit: Edit | undefined): WorkbenchLine {
  if (!edit) return { line, isStruck: false, isEdited: false, isOwn: false, news: null }
  const { text = line.text, nextStep = line.nextStep, contact = line.contact } = edit
  const hasNews = edit.text !== undefined && edit.of.text !== line.text
  return {
    line: { ...line, text, nextStep: orNull(nextStep), contact: orNull(contact) },
    isStruck: edit.isStruck,
    isEdited:
      text !== line.text ||
      orNull(nextStep) !== orNull(line.nextStep) ||
      orNull(contact) !== orNull(line.contact),
    isOwn: false,
    news: hasNews ? { text: line.text } : null,
  }
}

const orNull = (text: string | null) => (text === null || text === '' ? null : text)

/** A new draft under what the person made of the one before. */
export function withDraft(
  workbench: Workbench,
  drafted: readonly HandoffLine[],
  period: Period,
  at: number,
): Workbench {
  return { ...workbench, drafted: [...drafted], period, draftedAt: at }
}

/** What can be said of one line. */
export type LineChange = Partial<Pick<Edit, 'text' | 'nextStep' | 'contact' | 'isStruck'>>

/** The workbench after a person changed a line. What is empty as text leaves the line as it was. */
export function changeLine(workbench: Workbench, id: string, change: LineChange): Workbench {
  const { own, edits, drafted } = workbench
  const short = Object.fromEntries(
    Object.entries(change).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.slice(0, MAX_LINE_TEXT) : value,
    ]),
  ) as LineChange
  const mine = own.find((line) => line.id === id)
  const { isStruck, ...words } = short
  if (mine) {
    const { text = mine.text, nextStep = mine.nextStep, contact = mine.contact } = words
    const after = { ...mine, text, nextStep: orNull(nextStep), contact: orNull(contact) }
    const lines = own.map((line) => (line.id === id ? after : line))
    const struck = isStruck === undefined ? edits : { ...edits, [id]: { of: mine, isStruck } }
    return { ...workbench, own: lines, edits: struck }
  }
  const line = drafted.find((each) => each.id === id) ?? edits[id]?.of
  if (!line) return workbench
  const before = edits[id]
  // Whoever edits has seen what is drafted now.
  const of = Object.keys(words).length > 0 || !before ? line : before.of
  const edit: Edit = { isStruck: false, ...before, ...short, of }
  return { ...workbench, edits: { ...edits, [id]: edit } }
}

/** Takes back what was edited of a line, or takes an own line away. */
export function restoreLine(workbench: Workbench, id: string): Workbench {
  const { [id]: _, ...edits } = workbench.edits
  return { ...workbench, edits, own: workbench.own.filter((line) => line.id !== id) }
}

/** Adds a line of the person's own to a section. */
export function addLine(workbench: Workbench, section: HandoffSection, id: string): Workbench {
  const line: HandoffLine = {
    ...{ id, section, under: null, text: '', severity: null, incidentId: null },
    ...{ events: [], nextStep: null, contact: null },
  }
  return { ...workbench, own: [...workbench.own, line] }
}

/** Sets the text of a question; empty takes it away. */
export function changeQuestion(workbench: Workbench, id: string, text: string): Workbench {
  const questions = workbench.questions.map((each) => (each.id === id ? { ...each, text } : each))
  return { ...workbench, questions }
}

/** Adds an empty question. */
export function addQuestion(workbench: Workbench, id: string): Workbench {
  if (workbench.questions.length >= MAX_QUESTIONS) return workbench
  return { ...workbench, questions: [...workbench.questions, { id, text: '' }] }
}

/** Takes a question away. */
export function dropQuestion(workbench: Workbench, id: string): Workbench {
  return { ...workbench, questions: workbench.questions.filter((each) => each.id !== id) }
}

/** True where the person put something of their own into it, which would be lost with it. */
export function hasOwnWords({ edits, own, questions }: Workbench): boolean {
  const isStanding =
    questions.length === standingQuestions.length &&
    questions.every(({ id, text }, index) => {
      const standing = standingQuestions[index]
      return standing?.id === id && standing.text === text
    })
  return Object.keys(edits).length > 0 || own.length > 0 || !isStanding
}

/** Whoever it is for before somebody is selected. */
const NOBODY: Taker = { id: null, name: 'the next person' }

/** Whoever it is for on another desktop, while their name is not written. */
export const UNNAMED = '?'

const takerOf = ({ to }: Pick<Workbench, 'to'>): Taker =>
  to === null || to.name === UNNAMED ? NOBODY : to

/** How whoever it is for is called in a sentence. */
export const takerName = (workbench: Pick<Workbench, 'to'>): string => takerOf(workbench).name

/**
 * The handoff as it is sent: without what is struck out, with the parts of a line that is struck out.
 *
 * @param now ms since the epoch, UTC.
 */
export function documentOf(workbench: Workbench, from: Person, now: number): HandoffDocument {
  const { handoffId, period, zone, questions, drills } = workbench
  const all = linesOf(workbench)
  const struck = new Set(all.flatMap(({ isStruck, line }) => (isStruck ? [line.id] : [])))
  const lines = all
    .map(({ line }) => line)
    .filter(({ id, under, text }) => {
      const isBelowStruck = under !== null && struck.has(under)
      return !struck.has(id) && !isBelowStruck && text.trim() !== ''
    })
  return {
    format: 'deckwatch-handoff',
    version: HANDOFF_VERSION,
    handoffId,
    from: { id: from.id, name: from.name },
    to: takerOf(workbench),
    period,
    zone,
    writtenAt: now,
    lines: lines.slice(0, MAX_HANDOFF_LINES),
    questions: questions.filter(({ text }) => text.trim() !== ''),
    ...(drills === 'only' ? { isPractice: true } : {}),
  }
}
