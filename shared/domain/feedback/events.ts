import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

/** What people say of how they were served. */
export const feedbackEvents = {
  /** Whether it was right to page for this incident. */
  'feedback.given': defineEvent(z.object({ incidentId: z.string(), isUseful: z.boolean() }), {
    scope: 'shared',
    subject: incidentIdOf,
    incident: incidentIdOf,
    words: ({ isUseful }) => ({
      kind: 'incident',
      text: isUseful ? 'The page was useful' : 'The page was not useful',
      deed: isUseful ? 'found the page useful' : 'found the page not useful',
    }),
  }),
}

/** What is recorded of it. */
export type FeedbackBody = BodyOf<typeof feedbackEvents>
