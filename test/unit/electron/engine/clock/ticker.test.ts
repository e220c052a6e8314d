import { describe, expect, it } from 'vitest'
import { createTicker, TICK_MS } from '#electron/engine/clock/ticker.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

describe('the ticker', () => {
  it('runs its jobs in order with each tick until it is stopped, whatever one of them does', async () => {
    const clock = createFakeClock()
    const log: string[] = []
    const ticker = createTicker(
      clock,
      (doing, step) => {
        try {
          return step()
        } catch {
          log.push(`${doing} failed`)
          return false
        }
      },
      [
        {
          doing: 'failing',
          run() {
            throw new Error('broken')
          },
        },
        { doing: 'working', run: () => void log.push('worked') },
      ],
    )
    ticker.start()
    expect(log).toEqual([])
    await clock.advance(2 * TICK_MS)
    ticker.stop()
    await clock.advance(2 * TICK_MS)
    expect(log).toEqual(['failing failed', 'worked', 'failing failed', 'worked'])
  })
})
