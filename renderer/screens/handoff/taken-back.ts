import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { newWorkbench, type Workbench } from './workbench.ts'

/**
 * A withdrawn handoff as a draft again, under another id: the one that it had is spent.
 *
 * @param asSent what was written when it was sent, where this browser has it: only that knows what was
 * struck out.
 */
export function takenBack(
  document: HandoffDocument,
  asSent: Workbench | null,
  handoffId: string,
): Workbench {
  if (asSent?.handoffId === document.handoffId) return { ...asSent, handoffId, isSent: false }
  const { period, zone, lines, questions, to, writtenAt, isPractice } = document
  const drafted = lines.filter(({ events }) => events.length > 0)
  return {
    ...newWorkbench({ handoffId, period, zone }),
    isBeginGiven: true,
    drills: isPractice ? 'only' : 'without',
    to,
    drafted,
    draftedAt: writtenAt,
    // What was sent stays as it reads, whatever the journal says of it by now.
    edits: Object.fromEntries(
      drafted.map((line) => {
        const { id, text, nextStep, contact } = line
        const words = { text, nextStep: nextStep ?? '', contact: contact ?? '' }
        return [id, { of: line, isStruck: false, ...words }]
      }),
    ),
    own: lines.filter(({ events }) => events.length === 0),
    questions: [...questions],
  }
}
