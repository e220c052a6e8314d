import { describe, expect, it } from 'vitest'
import { silentSources } from '#renderer/engine/watch/silent-sources.ts'
import type { Observation } from '#shared/domain/alert/schema.ts'
import type { Source, SourceHealth } from '#shared/domain/source/schema.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

function sourceWith(id: string, health: SourceHealth): [string, Source] {
  return [
    id,
    {
      id,
      name: id,
      type: 'alertmanager',
      health,
      since: 0,
      lastAnswerAt: null,
      problem: null,
      instance: null,
      rejections: [],
      moreRejections: 0,
      revision: 1,
    },
  ]
}

const sources = new Map([
  sourceWith('dead', 'failing'),
  sourceWith('late', 'stale'),
  sourceWith('fine', 'healthy'),
])
const observation: Observation = {
  presence: 'present',
  startsAt: 1,
  generatorUrl: null,
  receivers: [],
  suppression: null,
}
const seenBy = (key: string, ...ids: string[]) =>
  alertWith({ key, observations: Object.fromEntries(ids.map((id) => [id, observation])) })
const names = (...alerts: ReturnType<typeof seenBy>[]) =>
  silentSources(alerts, sources).map(({ name }) => name)

describe('silentSources', () => {
  it('names those that alone know of the alerts', () => {
    expect(names(seenBy('a', 'dead'), seenBy('b', 'late'))).toEqual(['dead', 'late'])
  })

  it('is empty as soon as one that answers sees one of them', () => {
    expect(names(seenBy('a', 'dead', 'fine'))).toEqual([])
    expect(names(seenBy('a', 'dead'), seenBy('b', 'fine'))).toEqual([])
  })

  it('leaves out alerts that are over, and sources that are gone', () => {
    expect(names({ ...seenBy('a', 'dead'), status: 'resolved' })).toEqual([])
    expect(names(seenBy('a', 'removed'))).toEqual([])
  })
})
