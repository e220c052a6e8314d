import { describe, expect, it } from 'vitest'
import { describeQuiet } from '#renderer/engine/watch/quiet.ts'
import { SELF_SOURCE_ID, type Source, type SourceHealth } from '#shared/domain/source/schema.ts'

function sources(...healths: SourceHealth[]): ReadonlyMap<string, Source> {
  const named = healths.map((health, index): Source => ({
    id: `s${String(index + 1)}`,
    name: `s${String(index + 1)}`,
    type: 'alertmanager',
    health,
    since: 0,
    lastAnswerAt: null,
    problem: null,
    instance: null,
    rejections: [],
    moreRejections: 0,
    revision: 1,
  }))
  return new Map(named.map((source) => [source.id, source]))
}

describe('describeQuiet', () => {
  it('is calm only when every source answers', () => {
    expect(describeQuiet(sources('healthy', 'healthy'), 'open').kind).toBe('calm')
  })

  it.each(['failing', 'stale'] as const)('is not known when a source is %s', (health) => {
    const quiet = describeQuiet(sources('healthy', health, 'healthy'), 'open')
    expect(quiet.kind).toBe('unknown')
    expect(quiet.text).toContain('1 of 3 sources unreachable (s2)')
  })

  it('is not known while alerts are not recorded, however healthy the sources are', () => {
    const quiet = describeQuiet(sources('healthy'), 'open', {
      code: 'journal-failed',
      message: 'The journal could not be written.',
      hint: 'Check the disk.',
      since: 0,
      alerts: [{ severity: 'P0', title: 'A', labels: {}, sourceId: 's1', source: 's1', since: 0 }],
      more: 8,
      bySource: { s1: 9 },
    })
    expect(quiet).toEqual({
      kind: 'unknown',
      title: 'No triggered incidents recorded',
      text: '9 alerts fire and cannot be recorded. The notice at the top lists them.',
    })
  })

  it('names three of many that do not answer', () => {
    const { text } = describeQuiet(sources('failing', 'stale', 'failing', 'failing'), 'open')
    expect(text).toContain('4 of 4 sources unreachable (s1, s2, s3 and 1 more)')
  })

  it('waits for first answers', () => {
    expect(describeQuiet(sources('healthy', 'connecting'), 'open').kind).toBe('waiting')
  })

  it('says that nothing is watched where there is no source but Deckwatch itself', () => {
    const own = [...sources('healthy').values()].map((source) => ({
      ...source,
      id: SELF_SOURCE_ID,
    }))
    const onlySelf = new Map(own.map((source) => [source.id, source]))
    expect(describeQuiet(onlySelf, 'open').kind).toBe('unwatched')
  })

  it.each(['lost', 'connecting'] as const)('is never calm while the engine is %s', (phase) => {
    expect(describeQuiet(sources('healthy'), phase).kind).toBe('unknown')
  })
})
