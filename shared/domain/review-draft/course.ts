import type { ClockKind } from '../clock/schema.ts'
import { plainText } from '../plan/plain-text.ts'
import { capital, countWords, inLine, spanWords, timeWords, whoWords } from '../review/words.ts'
import {
  lastBy,
  numbersOf,
  whenOf,
  type DraftSection,
  type EventOf,
  type Said,
  type Story,
} from './story.ts'
import { tagged } from './tags.ts'

const inTime: Readonly<Record<ClockKind, string>> = {
  acknowledge: 'Acknowledged',
  respond: 'Responded to',
  plan: 'A plan of action was given',
  escalate: 'Resolved or escalated',
}

const missed: Readonly<Record<ClockKind, string>> = {
  acknowledge: 'It was not acknowledged in time',
  respond: 'Nobody responded in time',
  plan: 'No plan of action was given in time',
  escalate: 'It was neither resolved nor escalated in time',
}

/** What went well, by the record: clocks that were met, remediations that helped, what people tagged. */
export const draftWentWell: DraftSection = (story) => [
  ...clocksMet(story),
  ...diagnosticsRun(story),
  ...remediationsDone(story),
  ...tagged(story, 'well'),
]

/** What went wrong, by the record: what was late, failed, skipped or unanswered. */
export const draftWentWrong: DraftSection = (story) => [
  ...clocksMissed(story),
  ...unanswered(story),
  ...failedNotifications(story),
  ...stepsNotDone(story),
  ...escalations(story),
  ...notMitigated(story),
  ...remediationsStopped(story),
  ...tagged(story, 'wrong'),
]

/** A clock starts anew when an incident is opened again: each start is told by itself. */
function clocksOf({ own }: Story) {
  const starts = own('clock.started')
  return starts.map((started) => {
    const { kind } = started.body
    const next = starts.find(({ seq, body }) => body.kind === kind && seq > started.seq)
    const isIts = ({ seq, body }: EventOf<'clock.met' | 'clock.expired' | 'clock.moved'>) =>
      body.kind === kind && seq > started.seq && (!next || seq < next.seq)
    return {
      started,
      moved: own('clock.moved').findLast(isIts),
      met: own('clock.met').find(isIts),
      expired: own('clock.expired').find(isIts),
    }
  })
}

function clocksMet(story: Story): readonly Said[] {
  return clocksOf(story).flatMap(({ started, moved, met, expired }) => {
    if (!met || expired) return []
    const { rule } = (moved ?? started).body
    const { kind, startedAt } = started.body
    const span = spanWords(met.body.metAt - startedAt)
    const text = `${inTime[kind]} within ${span}; the target was ${inLine(rule.text)}.`
    return [{ key: `clock ${String(started.seq)}`, text, events: numbersOf(started, moved, met) }]
  })
}

function clocksMissed(story: Story): readonly Said[] {
  return clocksOf(story).flatMap(({ started, moved, met, expired }) => {
    if (!expired) return []
    const { rule } = (moved ?? started).body
    const { dueAt } = expired.body
    const late = met ? `, and was met ${spanWords(met.body.metAt - dueAt)} late` : ''
    const text = `${missed[started.body.kind]}: due ${timeWords(dueAt)} (target ${inLine(rule.text)})${late}.`
    const events = numbersOf(started, moved, expired, met)
    return [{ key: `clock ${String(started.seq)}`, text, events }]
  })
}

function diagnosticsRun({ all }: Story): readonly Said[] {
  const ran = all('execution.finished').filter(
    ({ body }) => body.reason === 'automatic' && body.outcome.kind !== 'not-started',
  )
  if (ran.length === 0) return []
  const text = `${countWords(ran.length, 'diagnostic')} ran by ${ran.length === 1 ? 'itself' : 'themselves'}.`
  return [{ key: 'diagnostics', text, events: numbersOf(...ran) }]
}

function remediationsDone({ own }: Story): readonly Said[] {
  return own('remediation.finished')
    .filter(({ body }) => body.reason === 'improved')
    .map((finished) => ({
      key: `remediation ${String(finished.seq)}`,
      text: `The remediation ${inLine(finished.body.title)} helped: the alert improved.`,
      events: numbersOf(finished),
    }))
}

/** Pages that had to be repeated: nobody had acknowledged the one before. */
function unanswered({ all }: Story): readonly Said[] {
  const repeated = all('page.requested').filter(({ body }) => body.reason === 'repeat')
  if (repeated.length === 0) return []
  const text = `${countWords(repeated.length, 'page')} had to be repeated, because nobody had acknowledged.`
  return [{ key: 'repeated-pages', text, events: numbersOf(...repeated) }]
}

function failedNotifications({ all }: Story): readonly Said[] {
  return all('page.failed')
    .filter(({ body }) => body.isFinal)
    .map((failed) => ({
      key: `notification ${String(failed.seq)}`,
      text: `A notification by ${inLine(failed.body.channel)} could not be sent: ${inLine(failed.body.problem.message)}`,
      events: numbersOf(failed),
    }))
}

/** By the last word on each step: one that failed first and was done later did not go wrong. */
function stepsNotDone({ all }: Story): readonly Said[] {
  const marks = lastBy(all('step.marked', 'walkthrough.step-marked'), ({ body }) =>
    body.type === 'step.marked' ? body.step : `${body.runbook} ${body.step}`,
  )
  return marks
    .filter(({ body }) => body.state === 'failed' || body.state === 'skipped')
    .map((marked) => {
      const { state, text, note } = marked.body
      const why = note === null ? '' : ` (“${inLine(note)}”)`
      return {
        key: `step ${String(marked.seq)}`,
        text: `Step ${state}: ${inLine(plainText(text))}${why}, by ${whoWords(marked.actor)}.`,
        events: numbersOf(marked),
      }
    })
}

function escalations({ own }: Story): readonly Said[] {
  return own('trigger.crossed').map((crossed) => {
    const { text, then, value, threshold } = crossed.body
    const now = value === null ? '' : ` (${inLine(value)}, threshold ${inLine(threshold)})`
    const what = then === 'escalate' ? 'Escalation was due' : 'Others were to be notified'
    return {
      key: `trigger ${String(crossed.seq)}`,
      text: `${what} on ${timeWords(whenOf(crossed))}: ${inLine(text)}${now}.`,
      events: numbersOf(crossed),
    }
  })
}

function notMitigated({ own }: Story): readonly Said[] {
  return own('incident.unmitigated').map((event) => ({
    key: `unmitigated ${String(event.seq)}`,
    text: `It was not mitigated after all: ${whoWords(event.actor)} said so on ${timeWords(whenOf(event))}.`,
    events: numbersOf(event),
  }))
}

function remediationsStopped({ own }: Story): readonly Said[] {
  return own('remediation.stopped').map((stopped) => ({
    key: `remediation ${String(stopped.seq)}`,
    text: `${capital(`the remediation ${inLine(stopped.body.title)}`)} was stopped: ${inLine(stopped.body.why)}.`,
    events: numbersOf(stopped),
  }))
}
