import { describe, expect, it } from 'vitest'
import { decideHealth, isSilentTooLong, type SourceFacts } from '#shared/domain/source/decide.ts'
import type { Source } from '#shared/domain/source/schema.ts'

const problem = {
  code: 'timeout',
  message: 'No answer within 10 s.',
  hint: 'Look at the network.',
} as const
const source = (change: Partial<Source> = {}): Source => ({
  id: 'am',
  name: 'am',
  type: 'alertmanager',
  health: 'healthy',
  since: 0,
  lastAnswerAt: 5,
  problem: null,
  instance: null,
  rejections: [],
  moreRejections: 0,
  revision: 1,
  ...change,
})
const facts = (change: Partial<SourceFacts> = {}): SourceFacts => ({
  problem: null,
  silentMs: 0,
  awakeMs: 1_000_000,
  intervalMs: 10_000,
  lastAnswerAt: 9,
  ...change,
})

describe('decideHealth', () => {
  it.each<readonly [string, Partial<SourceFacts>, Source['health']]>([
    ['before the first answer', { problem: undefined, lastAnswerAt: null }, 'connecting'],
    ['never answered for three intervals', { problem: undefined, silentMs: 30_000 }, 'stale'],
    ['the last answer is three intervals old', { silentMs: 30_000 }, 'stale'],
    ['the last poll failed', { problem }, 'failing'],
    ['it failed for long', { problem, silentMs: 900_000 }, 'failing'],
  ])('%s', (_, change, health) => {
    expect(decideHealth(source(), facts(change))).toMatchObject({
      health,
      problem: health === 'failing' ? problem : null,
      lastAnswerAt: change.lastAnswerAt === null ? 5 : 9,
    })
  })

  it('says nothing where nothing changes, and a new problem where only that does', () => {
    expect(decideHealth(source(), facts({ silentMs: 29_999 }))).toBeNull()
    const failing = source({ health: 'failing', problem })
    expect(decideHealth(failing, facts({ problem }))).toBeNull()
    expect(decideHealth(failing, facts({ problem: { ...problem, code: 'tls' } }))).not.toBeNull()
    expect(decideHealth(failing, facts({ problem: { ...problem, message: 'x' } }))).not.toBeNull()
    expect(decideHealth(failing, facts())).toMatchObject({ health: 'healthy', problem: null })
  })

  it('counts silence in intervals', () => {
    expect(isSilentTooLong({ ...facts(), silentMs: 29_999 })).toBe(false)
    expect(isSilentTooLong({ ...facts(), silentMs: 30_000 })).toBe(true)
    // A machine that just woke has not asked yet.
    expect(isSilentTooLong({ ...facts(), silentMs: 900_000, awakeMs: 29_999 })).toBe(false)
  })
})
