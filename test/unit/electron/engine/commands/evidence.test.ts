import { describe, expect, it } from 'vitest'
import { evidenceRecordOf } from '#shared/domain/evidence/record.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { adaOfStory, eventsOf, storyEvents } from '#test/fixtures/evidence-story.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'

/** An engine whose journal has these events: the state knows none of their incidents. */
function stage(events: readonly Event[], options: Parameters<typeof startTestEngine>[1] = {}) {
  const journal = createMemoryJournal()
  journal.append(events, [])
  return startTestEngine([], { ...options, journal })
}

async function read(test: TestEngine, after?: number) {
  const range = after === undefined ? {} : { after }
  const answer = await test.run('evidence.read', { incidentId: 'i1', ...range })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

const disk = { plan: 'disk', title: 'Disk', match: ['alertname="Disk"'] }

const note = (text: string): EventBody => ({ type: 'incident.noted', incidentId: 'i1', text })

describe('evidence.read', () => {
  it('has what was done, in order, of an incident that the state does not know', async () => {
    const test = stage([
      ...storyEvents,
      { ...eventsOf([[adaOfStory, note('Hm.')]])[0], id: 'n', seq: 99 } as Event,
    ])
    expect(test.engine.state().incidents.size).toBe(0)
    const { events, next, plans } = await read(test)
    expect(next).toBeNull()
    expect(plans).toEqual([])
    expect(events.map(({ body }) => body)).toEqual(storyEvents.map(({ body }) => body))
    expect(evidenceRecordOf(events).runs).toHaveLength(3)
  })

  it('is empty for an incident that nothing was done about', async () => {
    expect(await read(stage([]))).toEqual({ events: [], plans: [], next: null })
  })

  it('reads so much at a time, however much else was recorded between', async () => {
    const notes = Array.from({ length: 2_500 }, (_, index) => note(String(index)))
    const bodies = storyEvents.map(({ actor, body }) => [actor, body] as const)
    const others = notes.map((body) => [adaOfStory, body] as const)
    const test = stage(eventsOf([...others, ...bodies]))
    const first = await read(test)
    expect(first).toEqual({ events: [], plans: [], next: 2_000 })
    const second = await read(test, first.next ?? 0)
    expect(second.events).toHaveLength(storyEvents.length)
    expect(second.next).toBeNull()
  })

  it('goes on where a page was full', async () => {
    const marks = Array.from({ length: 450 }, (_, index): EventBody => ({
      type: 'walkthrough.step-marked',
      incidentId: 'i1',
      runbook: 'playbook:a.md',
      step: `s${String(index)}`,
      text: 'x',
      state: 'done',
      note: null,
    }))
    const test = stage(eventsOf(marks.map((body) => [adaOfStory, body] as const)))
    const steps: string[] = []
    let after = 0
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await read(test, after)
      steps.push(
        ...page.events.flatMap(({ body }) =>
          'step' in body && body.step !== null ? [body.step] : [],
        ),
      )
      if (page.next === null) break
      after = page.next
    }
    expect(steps).toEqual(marks.map((_, index) => `s${String(index)}`))
  })

  it('brings the text of the plan, as long as it is what the playbook says', async () => {
    const playbook = playbookWith([disk])
    const plan = playbook.plans.plans.get('disk')
    if (!plan) throw new Error('no plan')
    const applied = (revision: string): EventBody => ({
      type: 'plan.applied',
      incidentId: 'i1',
      planId: 'disk',
      revision,
      title: 'Disk',
      severity: 'P1',
      reason: 'opened',
      tied: [],
    })
    const story = [applied('older'), applied(plan.revision)]
    const test = stage(eventsOf(story.map((body) => [adaOfStory, body] as const)), { playbook })
    expect((await read(test)).plans).toEqual([plan])
  })

  it('brings the text of a plan that is followed, whatever the playbook says now', async () => {
    const [plan] = [...playbookWith([disk]).plans.plans.values()]
    if (!plan) throw new Error('no plan')
    const story: readonly EventBody[] = [
      { type: 'plan.recorded', plan },
      {
        type: 'plan.applied',
        incidentId: 'i1',
        planId: 'disk',
        revision: plan.revision,
        title: 'Disk',
        severity: 'P1',
        reason: 'opened',
        tied: [],
      },
    ]
    const test = stage(eventsOf(story.map((body) => [adaOfStory, body] as const)))
    const { events, plans } = await read(test)
    expect(plans).toEqual([plan])
    expect(events.map(({ body }) => body.type)).toEqual(['plan.applied'])
  })
})
