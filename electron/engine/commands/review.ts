import type { ContractError, Receipt } from '#shared/contract/index.ts'
import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { ReviewCommand } from '#shared/domain/review/commands.ts'
import { deadlinesOf } from '#shared/domain/review/deadlines.ts'
import { decideReview } from '#shared/domain/review/decide.ts'
import { draftReview } from '#shared/domain/review-draft/draft.ts'
import { withoutNames } from '#shared/domain/review/blameless.ts'
import { publishedOf } from '#shared/domain/review/published.ts'
import { reviewToHtml } from '#shared/domain/review/to-html.ts'
import { reviewToMarkdown } from '#shared/domain/review/to-markdown.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Journal } from '../ports/journal.ts'
import type { Printer } from '../ports/printer.ts'
import type { Call, Handlers } from './dispatch.ts'
import { readReviewRecord, readSavedReview } from './review-record.ts'

interface Deps extends OnceDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly ids: Pick<Ids, 'derive' | 'sha256'>
  readonly journal: Pick<Journal, 'findEvent' | 'incidentEvents'>
  readonly printer?: Printer
}

/** Reviews of incidents that are over. */
export function reviewHandlers(deps: Deps) {
  const { clock, ids, journal, printer, recorder } = deps

  const command = (input: ReviewCommand, call: Call): Result<Receipt, ContractError> =>
    recordOnce(deps, call, (state, now) => {
      const incident = state.incidents.get(input.incidentId)
      const review = state.reviews.get(input.incidentId)
      const isOver = incident !== undefined && isIncidentOver(incident)
      return decideReview(input, { review, isOver, now })
    })

  const saved = (incidentId: string) => {
    const review = recorder.state().reviews.get(incidentId)
    // Known, and never saved: nothing has to be looked for.
    if (review?.saved === null) return null
    return readSavedReview(incidentId, journal, review?.saved?.seq ?? null)
  }

  const breathe = () =>
    new Promise<void>((resolve) => {
      clock.after(0, resolve)
    })

  return {
    'review.open': (input, call) => command({ type: 'review.open', ...input }, call),
    'review.save': (input, call) => command({ type: 'review.save', ...input }, call),
    'review.schedule': (input, call) => command({ type: 'review.schedule', ...input }, call),
    'review.hold': (input, call) => command({ type: 'review.hold', ...input }, call),
    'review.change-action': ({ incidentId, action }, call) => {
      const before = saved(incidentId)?.document.actions.find(({ id }) => id === action.id)
      return command({ type: 'action.change', incidentId, action, before }, call)
    },
    'review.publish': ({ incidentId, revision }, call) => {
      const review = recorder.state().reviews.get(incidentId)
      const text = saved(incidentId)
      if (!review || !text)
        return command({ type: 'review.publish', incidentId, revision, hash: '' }, call)
      const { severity, resolvedAt, heldAt } = review
      const facts = { incidentId, severity, resolvedAt, heldAt, revision: text.revision }
      const hash = ids.sha256(reviewToMarkdown(publishedOf(text.document, facts)))
      return command({ type: 'review.publish', incidentId, revision, hash }, call)
    },
    'review.draft': async ({ incidentId }) => {
      const { events, isComplete } = await readReviewRecord(incidentId, journal, breathe)
      if (events.length === 0) {
        return fail({
          code: 'not-found',
          message: 'There is no incident with this id in the journal.',
        })
      }
      const isDrill = recorder.state().incidents.get(incidentId)?.isDrill ?? false
      return ok({ draft: draftReview(incidentId, events, { isDrill }), isComplete })
    },
    'review.read': ({ incidentId }) => {
      const text = saved(incidentId)
      return ok({ document: text?.document ?? null, revision: text?.revision ?? 0 })
    },
    'review.pdf': async ({ incidentId, names }) => {
      if (!printer) return fail(unprinted('This Deckwatch makes no PDF files by itself.'))
      const review = recorder.state().reviews.get(incidentId)
      const text = saved(incidentId)
      if (!review || !text) return fail(unprinted('Nobody has saved the review yet.'))
      let { document } = text
      if (names === 'roles') {
        const { events } = await readReviewRecord(incidentId, journal, breathe)
        const { attendees } = draftReview(incidentId, events)
        const people = attendees.map(({ name, roles }) => ({ name, role: roles.join(', ') }))
        document = withoutNames(document, people)
      }
      const facts = { ...review, revision: text.revision }
      const printed = await printer.toPdf(reviewToHtml(publishedOf(document, facts)))
      return printed.ok
        ? ok({ pdf: Buffer.from(printed.value).toString('base64') })
        : fail(unprinted(printed.error))
    },
    'review.list': (_input, { hidden }) => {
      const now = clock.now()
      const all = [...recorder.state().reviews.values()].filter(
        ({ incidentId }) => !hidden.has(incidentId),
      )
      return ok({
        reviews: all
          .toSorted((a, b) => b.resolvedAt - a.resolvedAt)
          .map((review) => ({ review, deadlines: [...deadlinesOf(review, now)] })),
      })
    },
  } satisfies Partial<Handlers>
}

function unprinted(message: string): ContractError {
  return { code: 'not-allowed-now', message, hint: 'Print the review from the cockpit instead.' }
}
