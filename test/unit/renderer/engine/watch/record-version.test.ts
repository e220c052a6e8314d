import { expect, it } from 'vitest'
import { recordVersion } from '#renderer/engine/watch/record-version.ts'
import { incidentOf, wordsOf } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { goldenEvents } from '#test/fixtures/golden-story.ts'

/** What stands on other incidents' timelines too, or tells of what the incident itself shows. */
const elsewhere = new Set(['page', 'channel'])

it('is another one after whatever stands on the timeline of an incident alone', () => {
  let state = emptyWatch
  const missed = new Set<string>()
  for (const event of goldenEvents) {
    const id = incidentOf(event.body)
    const before = id === null ? '' : recordVersion(state, id)
    state = evolve(state, [event])
    if (id === null || !state.incidents.has(id) || wordsOf(event.body) === null) continue
    const [concept = ''] = event.body.type.split('.')
    if (!elsewhere.has(concept) && recordVersion(state, id) === before) missed.add(event.body.type)
  }
  expect([...missed]).toEqual([])
})
