import { eventsByConcept, type Concept, type EventType } from '../watch/event.ts'

/** Concepts all of whose events say something of a shift. */
const concepts: readonly Concept[] = [
  'incident',
  'coordination',
  'entry',
  'silence',
  'remediation',
  'impact',
]

/**
 * The types of events that a draft is made of: of the others it need not be told. A storm is mostly
 * of those others.
 */
export const draftTypes: readonly EventType[] = [
  ...concepts.flatMap((concept) => Object.keys(eventsByConcept[concept]) as EventType[]),
  'alert.fired',
  'alert.reclassified',
  'alert.flapping-started',
  'step.marked',
  'walkthrough.step-marked',
  'execution.requested',
  'execution.finished',
  'trigger.crossed',
  'clock.expired',
  'clock.met',
  'page.requested',
  'page.failed',
  'change.recorded',
  'handoff.sent',
  'handoff.withdrawn',
]
