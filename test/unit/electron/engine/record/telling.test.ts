import { describe, expect, it } from 'vitest'
import type { Reactor } from '#electron/engine/reactors/reactor.ts'
import { createTelling } from '#electron/engine/record/telling.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'

const batch = (seq: number) => ({ events: [], deliveries: [], state: { ...emptyWatch, seq } })

/** Runs every step; a bug is written down. */
function withBugs() {
  const bugs: string[] = []
  const telling = createTelling((doing, step) => {
    try {
      return step()
    } catch {
      bugs.push(doing)
      return false
    }
  })
  return { bugs, telling }
}

describe('telling reactors', () => {
  it('tells all of them of each batch in the order of the journal, also of what one records', () => {
    const { telling } = withBugs()
    const heard: string[] = []
    const recording: Reactor = {
      doing: 'recording',
      recorded({ state }) {
        heard.push(`first ${String(state.seq)}`)
        if (state.seq === 1) telling.recorded(batch(2))
      },
    }
    const listening: Reactor = {
      doing: 'listening',
      recorded: ({ state }) => void heard.push(`second ${String(state.seq)}`),
    }
    telling.add([recording, listening])
    telling.recorded(batch(1))
    expect(heard).toEqual(['first 1', 'second 1', 'first 2', 'second 2'])
  })

  it('goes on when one of them fails', () => {
    const { bugs, telling } = withBugs()
    const heard: number[] = []
    telling.add([
      {
        doing: 'failing',
        recorded() {
          throw new Error('broken')
        },
      },
      { doing: 'listening', recorded: ({ state }) => void heard.push(state.seq) },
    ])
    telling.recorded(batch(1))
    telling.recorded(batch(2))
    expect(heard).toEqual([1, 2])
    expect(bugs).toEqual(['failing', 'failing'])
  })

  it('tells of a refused batch who wants to hear of it', () => {
    const { telling } = withBugs()
    const heard: string[] = []
    telling.add([
      { doing: 'recording only', recorded: () => void heard.push('recorded') },
      { doing: 'minding the journal', refused: ({ code }) => void heard.push(code) },
    ])
    telling.refused({ code: 'journal-full', message: 'm', hint: 'h' })
    expect(heard).toEqual(['journal-full'])
  })
})
