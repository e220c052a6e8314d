import { changeName, changeNouns } from '../../change/words.ts'
import type { Change } from '../../change/schema.ts'
import { actorName } from '../../actor/name.ts'
import { targetWords, resultWords, shownInLine } from '../../execution/words.ts'
import type { HandoffLine } from '../../handoff/schema.ts'
import type { BodyOfConcept, Event } from '../../watch/event.ts'
import { recorded } from '../incident-facts.ts'
import {
  countOf,
  lineOf,
  listed,
  quoted,
  type DraftContext,
  type SectionReader,
} from '../section.ts'

/** Of a shift with more changes than this, the newest are told. */
const MAX_KEPT = 500

type Requested = Extract<BodyOfConcept<'execution'>, { type: 'execution.requested' }>

/** What was changed: deployments and their like, planned work, and commands of people that change something. */
export function readChanges(context: DraftContext): SectionReader {
  const { period, words, isLeftOut } = context
  const changes = new Map<string, { readonly change: Change; readonly seq: number }>()
  const requested = new Map<string, { readonly body: Requested; readonly seq: number }>()
  const ran: HandoffLine[] = []

  function readRun(event: Event): void {
    const { body, seq, at } = event
    if (
      body.type === 'execution.requested' &&
      body.risk !== 'read' &&
      !isLeftOut(body.incidentId)
    ) {
      if (requested.size < MAX_KEPT) requested.set(body.executionId, { body, seq })
    }
    if (body.type !== 'execution.finished') return
    const run = requested.get(body.executionId)
    requested.delete(body.executionId)
    // What did not start changed nothing.
    if (!run || at < period.from || body.outcome.kind === 'not-started') return
    ran.push(ranLine(run, event, resultWords(body)))
    if (ran.length > MAX_KEPT) ran.shift()
  }

  function ranLine(
    { body, seq }: { readonly body: Requested; readonly seq: number },
    end: Event,
    result: string,
  ): HandoffLine {
    const { at, by } = recorded(end)
    const where = targetWords(body.targets).map((target) => quoted(target, 80))
    const who = by.kind === 'person' ? `, ${quoted(actorName(by))}` : ''
    const on = where.length === 0 ? '' : ` on ${where.join(', ')}`
    return lineOf('changes', {
      id: `changes:run:${body.executionId}`,
      text: `${words.time(at)}${who}: ran ${quoted(shownInLine(body.shown))}${on}: ${quoted(result)}`,
      incidentId: body.incidentId,
      events: [seq, end.seq],
    })
  }

  return {
    read(event) {
      readRun(event)
      const { body, seq } = event
      if (body.type !== 'change.recorded') return
      changes.set(body.change.id, { change: body.change, seq })
      const [oldest] = changes.keys()
      if (changes.size > MAX_KEPT && oldest !== undefined) changes.delete(oldest)
    },
    lines() {
      const all = [...changes.values()].toSorted(
        (a, b) => a.change.happenedAt - b.change.happenedAt,
      )
      const isDone = ({ happenedAt }: Change) => happenedAt >= period.from && happenedAt < period.to
      const done = all.filter(({ change }) => isDone(change)).map((each) => doneLine(each, words))
      const planned = all
        .filter(({ change }) => change.happenedAt >= period.to)
        .map((each) => plannedLine(each, words))
      const more = (count: number) => countOf(count, 'more change')
      return [...listed('changes', [...done, ...ran], more), ...listed('risks', planned, more)]
    },
  }
}

interface Known {
  readonly change: Change
  readonly seq: number
}

function doneLine({ change, seq }: Known, words: DraftContext['words']): HandoffLine {
  const { kind, by, happenedAt, isTimeEstimated, until } = change
  const about = isTimeEstimated ? 'noticed ' : ''
  const end = until === null ? '' : ` to ${words.time(until)}`
  const who = by === null ? '' : `, by ${quoted(by, 80)}`
  return lineOf('changes', {
    id: `changes:${change.id}`,
    text: `${about}${words.time(happenedAt)}${end}: ${changeNouns[kind]}: ${quoted(changeName(change))}${who}`,
    events: [seq],
  })
}

function plannedLine({ change, seq }: Known, words: DraftContext['words']): HandoffLine {
  const { kind, by, happenedAt, until } = change
  const end = until === null ? '' : ` to ${words.time(until)}`
  return lineOf('risks', {
    id: `risks:${change.id}`,
    text: `Planned ${words.time(happenedAt)}${end}: ${changeNouns[kind]}: ${quoted(changeName(change))}`,
    events: [seq],
    contact: by === null ? null : quoted(by, 80),
  })
}
