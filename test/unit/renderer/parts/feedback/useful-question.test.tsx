// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { WatchSnapshot } from '#shared/domain/watch/state.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { useMirror } from '#renderer/engine/cockpit/context.ts'
import { UsefulQuestion } from '#renderer/parts/feedback/useful-question.tsx'
import { ada, bo } from '#test/fixtures/persons.ts'
import { eventOf, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const byAda = { by: personActor(ada, 'cockpit'), at: 2_000 }
const paged = { me: { pageId: 'p1', at: 1_000, askedAt: 1_000, count: 1 } }
const over = { status: 'resolved', resolved: byAda, paged } as const

function Question() {
  const incident = useMirror(({ watch }) => watch?.incidents.get('i1'))
  return incident ? <UsefulQuestion incident={incident} /> : null
}

function show(incident: Partial<Incident> = over, state: Partial<WatchSnapshot> = {}) {
  const shown = showCockpit(
    <Question />,
    stateWith({ incidents: [incidentWith({ id: 'i1', ...incident })], ...state }),
  )
  return { ...shown, isAsked: () => shown.screen.queryByText('Was this page useful?') !== null }
}

describe('the question whether a page was useful', () => {
  it('is asked of whoever was paged, once the incident is resolved', () => {
    expect(show().isAsked()).toBe(true)
  })

  it.each<[string, Partial<Incident>]>([
    ['open', { paged }],
    ['closed', { ...over, status: 'closed', closed: byAda }],
    ['one that never paged', { ...over, paged: {} }],
    ['one that paged somebody else', { ...over, paged: { bo: paged.me } }],
    ['one whose page was not needed', { ...over, paged: { me: { ...paged.me, pageId: null } } }],
  ])('is not asked of an incident that is %s', (_what, incident) => {
    expect(show(incident).isAsked()).toBe(false)
  })

  it('is answered by one key, and is gone then', async () => {
    const { user, asked, say, isAsked } = show()
    await user.keyboard('n')
    expect(asked('feedback.give')).toEqual([])
    await user.keyboard('{Shift>}N{/Shift}')
    expect(asked('feedback.give')).toEqual([{ incidentId: 'i1', isUseful: false }])
    const body = { type: 'feedback.given', incidentId: 'i1', isUseful: false } as const
    await say({ type: 'delta', events: [{ ...eventOf(2, body), actor: byAda.by }] })
    expect(isAsked()).toBe(false)
  })

  it('is never asked again of who has answered, but of others', () => {
    const answers = [{ isUseful: true, ...byAda }]
    expect(show(over, { feedbacks: [{ incidentId: 'i1', answers }] }).isAsked()).toBe(false)
    const others = [{ isUseful: true, at: 2_000, by: personActor(bo, 'cockpit') }]
    expect(show(over, { feedbacks: [{ incidentId: 'i1', answers: others }] }).isAsked()).toBe(true)
  })

  it('can be left unsaid', async () => {
    const { user, screen, isAsked, asked } = show()
    await user.click(screen.getByRole('button', { name: 'Skip' }))
    expect(isAsked()).toBe(false)
    expect(asked('feedback.give')).toEqual([])
  })
})
