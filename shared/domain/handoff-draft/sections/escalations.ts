import { actorName } from '../../actor/name.ts'
import type { ClockKind } from '../../clock/schema.ts'
import type { HandoffLine } from '../../handoff/schema.ts'
import { notificationName } from '../../page/words.ts'
import type { Event } from '../../watch/event.ts'
import { recorded } from '../incident-facts.ts'
import {
  countOf,
  lineOf,
  listed,
  quoted,
  type DraftContext,
  type SectionReader,
} from '../section.ts'

/** Most that are kept; of more, the newest. */
const MAX_KEPT = 500
const MAX_TITLES = 2_000

const missed: Readonly<Record<ClockKind, string>> = {
  acknowledge: 'not acknowledged in time, due',
  respond: 'no response in time, due',
  plan: 'no plan of action in time, due',
  escalate: 'not resolved in time, escalation due',
}

/** What was escalated, which clocks were missed, and which pages reached nobody. */
export function readEscalations({ period, words, isLeftOut }: DraftContext): SectionReader {
  const titles = new Map<string, { readonly text: string; readonly seq: number }>()
  let lines: HandoffLine[] = []

  function add(event: Event, incidentId: string | null, say: (title: string) => string): void {
    if (event.at < period.from) return
    const title = incidentId === null ? undefined : titles.get(incidentId)
    const line = lineOf('escalations', {
      id: `escalations:${event.id}`,
      text: say(title ? quoted(title.text) : 'Summary'),
      incidentId,
      events: title ? [title.seq, event.seq] : [event.seq],
    })
    lines = [...lines, line].slice(-MAX_KEPT)
  }

  return {
    read(event) {
      const { body, seq } = event
      const { at, by } = recorded(event)
      const time = words.time(at)
      if ('incidentId' in body && body.incidentId !== null && isLeftOut(body.incidentId)) return
      switch (body.type) {
        case 'incident.triggered':
        case 'incident.declared':
        case 'incident.retitled':
          if (titles.size < MAX_TITLES || titles.has(body.incidentId)) {
            titles.set(body.incidentId, { text: body.title, seq })
          }
          break
        case 'clock.expired':
          add(
            event,
            body.incidentId,
            (title) => `${title}: ${missed[body.kind]} ${words.time(body.dueAt)}`,
          )
          break
        case 'clock.met': {
          if (body.kind !== 'escalate' || body.how !== 'said') break
          const to = body.text === null ? '' : `: ${quoted(body.text)}`
          const who = by.kind === 'person' ? ` by ${quoted(actorName(by))}` : ''
          add(event, body.incidentId, (title) => `${title}: escalated ${time}${who}${to}`)
          break
        }
        case 'trigger.crossed':
          if (body.then !== 'escalate') break
          add(
            event,
            body.incidentId,
            (title) => `${title}: escalation due ${time}: ${quoted(body.text)}`,
          )
          break
        case 'page.failed':
          if (!body.isFinal) break
          add(
            event,
            body.incidentId,
            (title) =>
              `${title}: ${notificationName(body.channel)} failed ${time}: ${quoted(body.problem.message)}`,
          )
          break
        default:
          break
      }
    },
    lines: () =>
      listed('escalations', lines, (count) => `${countOf(count, 'more')} missed or escalated`),
  }
}
