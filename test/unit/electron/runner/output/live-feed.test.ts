import { describe, expect, it } from 'vitest'
import { createLiveFeed, type LiveOutput } from '#electron/runner/output/live-feed.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

function open(maxLength?: number) {
  const clock = createFakeClock()
  const taken: LiveOutput[] = []
  const feed = createLiveFeed(clock, (output) => taken.push(output), maxLength)
  return { clock, taken, feed }
}

describe('output while it is printed', () => {
  it('is handed on at once, and then ten times a second at most', async () => {
    const { clock, taken, feed } = open()
    feed.push({ stream: 'stdout', text: 'a' })
    expect(taken).toHaveLength(1)
    for (let index = 0; index < 100; index += 1) {
      feed.push({ stream: 'stdout', text: 'b' })
      await clock.advance(10)
    }
    expect(taken.length).toBeLessThanOrEqual(11)
    feed.end()
    expect(taken.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('')).toBe(
      `a${'b'.repeat(100)}`,
    )
  })

  it('keeps the order of the two streams', () => {
    const { taken, feed } = open()
    feed.push({ stream: 'stdout', text: 'first' })
    feed.push({ stream: 'stderr', text: 'a' })
    feed.push({ stream: 'stderr', text: 'b' })
    feed.push({ stream: 'stdout', text: 'c' })
    feed.push({ stream: 'stdout', text: '' })
    feed.end()
    expect(taken[1]).toEqual({
      pieces: [
        { stream: 'stderr', text: 'ab' },
        { stream: 'stdout', text: 'c' },
      ],
      leftOut: 0,
    })
  })

  it('leaves out the oldest of too much, and says how much', async () => {
    const { clock, taken, feed } = open(10)
    feed.push({ stream: 'stdout', text: '0123456789abc' })
    feed.push({ stream: 'stdout', text: 'x'.repeat(9) })
    feed.push({ stream: 'stderr', text: 'y'.repeat(8) })
    feed.push({ stream: 'stdout', text: 'z' })
    await clock.advance(100)
    expect(taken).toEqual([
      { pieces: [{ stream: 'stdout', text: '3456789abc' }], leftOut: 3 },
      {
        pieces: [
          { stream: 'stdout', text: 'x' },
          { stream: 'stderr', text: 'yyyyyyyy' },
          { stream: 'stdout', text: 'z' },
        ],
        leftOut: 8,
      },
    ])
  })

  it('is over at its end', async () => {
    const { clock, taken, feed } = open()
    feed.push({ stream: 'stdout', text: 'a' })
    feed.end()
    feed.push({ stream: 'stdout', text: 'b' })
    await clock.advance(1_000)
    expect(taken).toHaveLength(1)
  })
})
