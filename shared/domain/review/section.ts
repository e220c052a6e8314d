import { z } from 'zod'

/** The parts of the template, in their order. Action items and who took part are parts of their own. */
export const sectionIdSchema = z.enum([
  'summary',
  'impact',
  'timeline',
  'times',
  'root-cause',
  'contributing-factors',
  'went-well',
  'went-wrong',
  'not-caught-earlier',
  'slo-impact',
  'services',
  'lessons',
])
export type SectionId = z.infer<typeof sectionIdSchema>

/** All sections in the order of the template. */
export const sectionIds = sectionIdSchema.options

/** What a section is called. */
export const sectionNames: Readonly<Record<SectionId, string>> = {
  summary: 'Summary',
  impact: 'Impact',
  timeline: 'Timeline',
  times: 'Times',
  'root-cause': 'Root cause',
  'contributing-factors': 'Contributing factors',
  'went-well': 'What went well',
  'went-wrong': 'What went wrong',
  'not-caught-earlier': 'Why it was not caught earlier',
  'slo-impact': 'SLO impact',
  services: 'Services affected',
  lessons: 'Lessons learned',
}

/** What people are to write there: shown where a section is empty, and never part of a review. */
export const sectionPrompts: Readonly<Record<SectionId, string>> = {
  summary: 'What happened, in three sentences that somebody outside the team understands.',
  impact: 'Who was affected, how badly, and for how long. Customers, revenue, security, SLA.',
  timeline: 'The key moments. Cite more entries from the timeline.',
  times: 'Detection, acknowledgement, investigation and repair.',
  'root-cause':
    'Not known yet. Deckwatch writes a root cause only from a hypothesis that somebody confirmed.',
  'contributing-factors': 'What made it possible, or worse, besides the root cause.',
  'went-well': 'What helped, and should be kept.',
  'went-wrong': 'What delayed or misled people, and where the process did not hold.',
  'not-caught-earlier': 'Which alert, test or review could have found it before, and why none did.',
  'slo-impact': 'Which objective was missed, and how much of the error budget it used.',
  services: 'Which services were affected, directly and downstream.',
  lessons: 'What everybody should know from now on.',
}
