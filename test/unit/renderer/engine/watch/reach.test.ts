import { describe, expect, it } from 'vitest'
import type { EngineStatus } from '#shared/contract/messages.ts'
import { nothingMuted, type Muting } from '#shared/domain/muting/schema.ts'
import { reachOf } from '#renderer/engine/watch/reach.ts'

const by = { kind: 'deckwatch' } as const
const failing = {
  code: 'channel-failing',
  subject: 'desktop',
  message: 'No.',
  hint: 'Mend it.',
  since: 1,
} as const

function statusWith({
  channels = ['desktop'],
  problems = [],
  quietHoursUntil = null,
}: {
  readonly channels?: readonly string[]
  readonly problems?: EngineStatus['problems']
  readonly quietHoursUntil?: number | null
}) {
  return { problems, reach: { channels, quietHoursUntil, breaksThrough: 'P0' } } as never
}

describe('reachOf', () => {
  it('says both that it fails and why it is quiet', () => {
    const muting: Muting = {
      quiet: { at: 1, until: 5, by },
      focus: { at: 1, incidentId: 'i1', by },
    }
    const status = statusWith({ problems: [failing], quietHoursUntil: 9 })
    expect(reachOf(status, muting)).toEqual({
      trouble: 'failing',
      muted: [
        { kind: 'focus', incidentId: 'i1' },
        { kind: 'quiet', until: 5 },
        { kind: 'quiet-hours', until: 9 },
      ],
    })
  })

  it('says that there is nowhere to tell it', () => {
    expect(reachOf(statusWith({ channels: [] }), nothingMuted).trouble).toBe('nowhere')
  })

  it('has nothing to say when pages reach the person', () => {
    expect(reachOf(statusWith({}), nothingMuted)).toEqual({ trouble: null, muted: [] })
  })
})
