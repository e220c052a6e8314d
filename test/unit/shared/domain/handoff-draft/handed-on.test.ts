import { beforeAll, describe, expect, it } from 'vitest'
import { hashOfHandoff } from '#shared/domain/handoff/document.ts'
import type { HandoffLine, Period } from '#shared/domain/handoff/schema.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'
import { busyPeriod, recordBusyShift } from '#test/fixtures/shifts/busy.ts'
import { documentOf, draftOf } from '#test/fixtures/shifts/shifts.ts'

const next: Period = { from: busyPeriod.to, to: busyPeriod.to + 12 * 3_600_000 }

describe('the next step that a handoff named', () => {
  let events: readonly Event[]
  let lines: readonly HandoffLine[]
  beforeAll(async () => {
    events = (await recordBusyShift()).journal.events
    lines = draftOf(events, busyPeriod)
  })

  /** The journal goes on: a minute after the handoff's shift ended, and then each minute. */
  const goOn = (...bodies: readonly EventBody[]): readonly Event[] => [
    ...events,
    ...bodies.map((body, index) => ({
      seq: (events.at(-1)?.seq ?? 0) + 1 + index,
      id: `later ${String(index)}`,
      at: busyPeriod.to + (index + 1) * 60_000,
      actor: { kind: 'person', id: 'ada', name: 'Ada' } as const,
      body,
    })),
  ]
  const sent = (change: (line: HandoffLine) => HandoffLine): EventBody => {
    const document = documentOf(lines.map(change), busyPeriod)
    const { handoffId } = document
    return { type: 'handoff.sent', handoffId, way: 'here', document, hash: hashOfHandoff(document) }
  }
  const naming = (nextStep: string | null) =>
    sent((line) =>
      line.text.startsWith('CheckoutSlow') && line.under === null ? { ...line, nextStep } : line,
    )
  const stepOf = (journal: readonly Event[]) => {
    const line = draftOf(journal, next).find(({ text }) => text.startsWith('CheckoutSlow'))
    if (!line) throw new Error('it is not in the draft')
    return line
  }
  const slow = () => {
    const id = stepOf(events).incidentId
    if (id === null) throw new Error('it has no incident')
    return id
  }
  const task = () =>
    events.flatMap(({ body }) =>
      body.type === 'task.opened' && body.text === 'Find the slow query' ? [body] : [],
    )[0]

  it('goes on into the draft of the next shift, with the event that said it', () => {
    const journal = goOn(naming('Watch p95 until noon'))
    const line = stepOf(journal)
    expect(line.nextStep).toBe('Watch p95 until noon')
    expect(line.events).toContain(journal.at(-1)?.seq)
  })

  it('gives way to a task that was made after it', () => {
    const journal = goOn(naming('Watch p95 until noon'), {
      ...{ type: 'task.opened', incidentId: slow(), taskId: 't9', text: 'Call the vendor' },
      ...{ owner: null, dueAt: null, entry: null },
    })
    // The first task is the one that is due first, else the oldest.
    expect(stepOf(journal).nextStep).toBe('Watch p95 until noon')
    const due = goOn(naming('Watch p95 until noon'), {
      ...{ type: 'task.opened', incidentId: slow(), taskId: 't9', text: 'Call the vendor' },
      ...{ owner: null, dueAt: next.to, entry: null },
    })
    expect(stepOf(due).nextStep).toBe('Call the vendor')
  })

  it('is not said again where it was a task that is done by now', () => {
    const opened = task()
    if (!opened) throw new Error('there is no task')
    const { incidentId, taskId, text } = opened
    const ended: EventBody = {
      ...{ type: 'task.ended', incidentId, taskId, text },
      ...{ outcome: 'done', note: null },
    }
    expect(
      stepOf(
        goOn(
          sent((line) => line),
          ended,
        ),
      ).nextStep,
    ).not.toBe(text)
  })

  it('is not said of a handoff that was withdrawn', () => {
    const withdrawn: EventBody = { type: 'handoff.withdrawn', handoffId: 'handoff-1', reason: null }
    const journal = goOn(naming('Watch p95 until noon'), withdrawn)
    expect(stepOf(journal).nextStep).toBe(task()?.text)
  })

  it('is none where the last handoff struck it out', () => {
    const opened = task()
    const journal = goOn(naming('Watch p95 until noon'), naming(null))
    expect(stepOf(journal).nextStep).toBe(opened?.text)
  })
})
