import { describe, expect, it } from 'vitest'
import { personActor } from '#shared/domain/actor/person.ts'
import { decideFeedback } from '#shared/domain/feedback/decide.ts'
import { evolveFeedback } from '#shared/domain/feedback/evolve.ts'
import { feedbackOf, type Feedback } from '#shared/domain/feedback/schema.ts'
import { wordsOf } from '#shared/domain/watch/event.ts'
import { ada, bo } from '#test/fixtures/persons.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const byAda = personActor(ada, 'cockpit')
const byBo = personActor(bo, 'cockpit')
const given = { type: 'feedback.given', incidentId: 'i1', isUseful: true } as const
const incident = incidentWith({ id: 'i1', status: 'resolved' })
const said: Feedback = evolveFeedback(undefined, given, { at: 1_000, actor: byAda })

describe('whether a page was useful', () => {
  it('is said of an incident that is over', () => {
    expect(decideFeedback(given, { incident, feedback: undefined, actor: byAda })).toEqual({
      ok: true,
      value: [given],
    })
    const open = incidentWith({ id: 'i1' })
    expect(
      decideFeedback(given, { incident: open, feedback: undefined, actor: byAda }),
    ).toMatchObject({ ok: false, error: { code: 'not-allowed-now' } })
    expect(
      decideFeedback(given, { incident: undefined, feedback: undefined, actor: byAda }),
    ).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })

  it('is said once by each person, who may change their mind', () => {
    const decide = (isUseful: boolean, actor: typeof byAda) =>
      decideFeedback({ incidentId: 'i1', isUseful }, { incident, feedback: said, actor })
    expect(decide(true, byAda)).toMatchObject({ ok: false, error: { code: 'already-done' } })
    expect(decide(false, byAda).ok).toBe(true)
    expect(decide(true, byBo).ok).toBe(true)
  })

  it('is kept for each person, the last word of theirs', () => {
    const both = evolveFeedback(said, given, { at: 2_000, actor: byBo })
    const changed = evolveFeedback(both, { ...given, isUseful: false }, { at: 3_000, actor: byAda })
    expect(changed.answers).toEqual([
      { isUseful: true, at: 2_000, by: byBo },
      { isUseful: false, at: 3_000, by: byAda },
    ])
    expect(feedbackOf(changed, ({ by }) => by === byBo)).toMatchObject({ at: 2_000 })
    expect(feedbackOf(undefined, () => true)).toBeNull()
  })

  it('is a line of the timeline', () => {
    expect(wordsOf(given)).toMatchObject({ deed: 'found the page useful' })
    expect(wordsOf({ ...given, isUseful: false })).toMatchObject({
      deed: 'found the page not useful',
    })
  })
})
