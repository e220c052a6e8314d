import type { FlowsFile } from './file.ts'
import { createFlowBook } from './flow-book.ts'

const detect = [
  { id: 'acknowledge', text: 'Acknowledge within 5 minutes', met: 'acknowledged' },
  { id: 'impact', text: 'Say who is affected, and how badly', met: 'impact-set' },
  { id: 'verify', text: 'Verify that it is real', met: 'verdict-given' },
] as const

const recover = [
  { id: 'stable', text: 'Verify that it is stable', met: 'stable' },
  { id: 'measures', text: 'Remove temporary measures', met: 'measures-removed' },
  { id: 'resolve', text: 'Resolve the incident', met: 'resolved' },
] as const

const review = { id: 'review', text: 'Schedule the review within 24 hours' } as const

const commander = [
  'Decide, and say so; let others do the work',
  'Keep one list of what is tried, and by whom',
  'Ask for help early',
]

/** The flows of R6.2, for a playbook without a `flows.yaml`. */
const usual: FlowsFile = {
  flows: {
    'war-room': {
      title: 'War room',
      severities: ['P0'],
      updateEvery: 15 * 60_000,
      roles: {
        commander,
        communications: [
          'Write an update every 15 minutes, also when nothing is new',
          'Answer questions, so that nobody else has to',
        ],
        scribe: ['Note what is decided and tried, and when'],
      },
      phases: {
        detect: {
          items: [...detect, { id: 'declare', text: 'Open a channel or a call, and say where' }],
        },
        respond: {
          items: [
            { id: 'commander', text: 'Name an incident commander', met: 'commander' },
            { id: 'communications', text: 'Name a communications lead', met: 'communications' },
            { id: 'scribe', text: 'Name a scribe', met: 'scribe' },
            { id: 'experts', text: 'Bring in experts', met: 'expert' },
            { id: 'hypothesis', text: 'Write down the first hypothesis', met: 'hypothesis' },
            { id: 'update', text: 'Write the first update', met: 'update-written' },
            { id: 'mitigate', text: 'Mitigate', met: 'mitigated' },
          ],
        },
        recover: { items: [...recover, review] },
      },
    },
    standard: {
      title: 'Standard',
      severities: ['P1'],
      updateEvery: 60 * 60_000,
      roles: { commander },
      phases: {
        detect: { items: [...detect] },
        respond: {
          items: [
            { id: 'commander', text: 'Name an owner', met: 'commander' },
            { id: 'hypothesis', text: 'Write down the first hypothesis', met: 'hypothesis' },
            { id: 'update', text: 'Write the first update', met: 'update-written' },
            { id: 'mitigate', text: 'Mitigate', met: 'mitigated' },
          ],
        },
        recover: { items: [...recover, review] },
      },
    },
    normal: {
      title: 'Normal',
      severities: ['P2'],
      roles: {},
      phases: {
        detect: { items: [...detect] },
        respond: { items: [{ id: 'mitigate', text: 'Mitigate', met: 'mitigated' }] },
        recover: { items: [...recover] },
      },
    },
  },
}

/** What holds where the playbook says nothing of flows. */
export const usualFlows = createFlowBook(usual)
