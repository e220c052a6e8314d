import { wholeTime } from '../handoff/clock-words.ts'
import type { HandoffDocument } from '../handoff/document.ts'
import {
  handoffSections,
  sectionName,
  type Answer,
  type HandoffLine,
  type HandoffSection,
} from '../handoff/schema.ts'

/** A line with those that belong below it. */
export interface ArrangedLine {
  readonly line: HandoffLine
  readonly parts: readonly HandoffLine[]
}

/** A section with its lines in the order in which they are read. */
export interface ArrangedSection {
  readonly section: HandoffSection
  readonly name: string
  readonly lines: readonly ArrangedLine[]
  /** What is said in place of lines where there are none. */
  readonly nothing: string | null
}

/** What an absence says where somebody looks for it; of other sections nothing is said. */
const nothing: Partial<Readonly<Record<HandoffSection, string>>> = {
  ongoing: 'No open incidents.',
  resolved: 'No incidents were resolved.',
  woken: 'Not paged.',
}

/**
 * Lines by section, in order, with their parts. A part whose line is not there stands for itself.
 *
 * @returns also sections without lines, where their absence says something.
 */
export function arrange(lines: readonly HandoffLine[]): readonly ArrangedSection[] {
  const ids = new Set(lines.map(({ id }) => id))
  const isHead = ({ under }: HandoffLine) => under === null || !ids.has(under)
  const parts = Map.groupBy(
    lines.filter((line) => !isHead(line)),
    ({ under }) => under,
  )
  return handoffSections.flatMap((section): readonly ArrangedSection[] => {
    const heads = lines.filter((line) => line.section === section && isHead(line))
    const said = nothing[section] ?? null
    if (heads.length === 0 && said === null) return []
    return [
      {
        section,
        name: sectionName[section],
        lines: heads.map((line) => ({ line, parts: parts.get(line.id) ?? [] })),
        nothing: heads.length === 0 ? said : null,
      },
    ]
  })
}

/** What became of a handoff, where it is known. */
export interface HandoffOutcome {
  readonly answers: readonly Answer[]
  readonly accepted: { readonly at: number; readonly by: { readonly name: string } } | null
}

/** Nothing is known of what became of it. */
export const noOutcome: HandoffOutcome = { answers: [], accepted: null }

/** What is said at the head of practice, so that nobody takes a shift over by it. */
export const practiceWords = 'Practice: of the drill alone. It hands no shift over.'

/** `Handoff: Ada to Bo`, and of practice that it is. */
export function handoffTitle({
  from,
  to,
  isPractice,
}: Pick<HandoffDocument, 'from' | 'to' | 'isPractice'>): string {
  return `${isPractice ? 'Practice handoff' : 'Handoff'}: ${from.name} to ${to.name}`
}

/** The facts of a handoff, each with its name. */
export function handoffFacts(
  { from, to, period, zone, writtenAt }: HandoffDocument,
  { accepted }: HandoffOutcome,
): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: 'From', value: from.name },
    { name: 'To', value: to.name },
    { name: 'Shift', value: `${wholeTime(period.from, zone)} to ${wholeTime(period.to, zone)}` },
    { name: 'Written', value: wholeTime(writtenAt, zone) },
    { name: 'Time zone', value: zone },
    ...(accepted
      ? [{ name: 'Accepted', value: `${wholeTime(accepted.at, zone)} by ${accepted.by.name}` }]
      : []),
  ]
}

/** True for something open of which nobody says what is to be done next. */
export function lacksNextStep({
  section,
  under,
  nextStep,
}: Pick<HandoffLine, 'section' | 'under' | 'nextStep'>): boolean {
  return section === 'ongoing' && under === null && (nextStep === null || nextStep === '')
}

/** What is said of a line beside its text: its next step, also that there is none, and whom to ask. */
export function sideFacts(
  line: Pick<HandoffLine, 'section' | 'under' | 'nextStep' | 'contact'>,
): readonly { name: string; value: string }[] {
  const { contact } = line
  const nextStep = lacksNextStep(line) ? 'none yet' : line.nextStep
  return [
    ...(nextStep === null || nextStep === '' ? [] : [{ name: 'Next step', value: nextStep }]),
    ...(contact === null || contact === '' ? [] : [{ name: 'Contact', value: contact }]),
  ]
}
