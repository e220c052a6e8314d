import { describe, expect, it } from 'vitest'
import { journalHealth } from '#electron/engine/reactors/journal-health.ts'
import { showingCockpits } from '#electron/engine/reactors/showing-cockpits.ts'
import { wakingOutbox } from '#electron/engine/reactors/waking-outbox.ts'
import { withdrawing } from '#electron/engine/reactors/withdrawing.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { eventOf } from '#test/fixtures/watch-entities.ts'

const events = [eventOf(1, { type: 'incident.closed', incidentId: 'i' })]
const recorded = { events, deliveries: [], state: emptyWatch }

describe('reactors', () => {
  it('wake the channels that something was written for, and no others', () => {
    const woken: string[][] = []
    const reactor = wakingOutbox({ wake: (names) => void woken.push([...names]) })
    reactor.recorded?.(recorded)
    const delivery = { key: 'k', kind: 'page', eventId: 'e1' } as const
    reactor.recorded?.({
      ...recorded,
      deliveries: [
        { ...delivery, channel: 'desktop' },
        { ...delivery, channel: 'slack' },
        { ...delivery, channel: 'slack' },
      ],
    })
    expect(woken).toEqual([['desktop', 'slack']])
  })

  it('tell the cockpits what was recorded', () => {
    const pushed: unknown[] = []
    showingCockpits((message) => void pushed.push(message)).recorded?.(recorded)
    expect(pushed).toEqual([{ type: 'delta', events }])
  })

  it('withdraw what is over, whatever happened', () => {
    let looked = 0
    withdrawing({ withdrawOver: () => void (looked += 1) }).recorded?.(recorded)
    expect(looked).toBe(1)
  })

  it('say that the journal refuses until it takes something', () => {
    const said: string[] = []
    const reactor = journalHealth(
      {
        raise: (code) => void said.push(`raise ${code}`),
        clear: (code) => void said.push(`clear ${code}`),
      },
      {
        fails: (name, detail) => void said.push(`${name} fails: ${detail}`),
        worksAgain: (name) => void said.push(`${name} works`),
      },
    )
    reactor.refused?.({ code: 'journal-full', message: 'Full.', hint: 'Make room.' })
    reactor.recorded?.(recorded)
    expect(said).toEqual([
      'raise journal-full',
      'journal fails: Full. Make room.',
      'clear journal-full',
      'clear journal-failed',
      'journal works',
    ])
  })
})
