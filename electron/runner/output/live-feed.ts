import type { Clock } from '#electron/engine/ports/clock.ts'

/** Which of its two outputs a program wrote to. */
export type OutputStream = 'stdout' | 'stderr'

/** What was printed on one stream without the other one in between. */
export interface OutputPiece {
  readonly stream: OutputStream
  readonly text: string
}

/** What was printed since the last one, clean and without secrets. */
export interface LiveOutput {
  readonly pieces: readonly OutputPiece[]
  /** UTF-16 units that were left out in front of them, because there were too many at once. */
  readonly leftOut: number
}

/** Hands output on as it comes, at most so often and so much of it. */
export interface LiveFeed {
  push(piece: OutputPiece): void
  /** Hands on what waits; nothing after that. */
  end(): void
}

/** Shortest time between two hand-overs, ms, and most that one brings, UTF-16 units. */
const INTERVAL_MS = 100
const MAX_LENGTH = 16_384

/** The first piece goes at once, what follows within the interval goes together at its end. */
export function createLiveFeed(
  clock: Pick<Clock, 'after'>,
  take: (output: LiveOutput) => void,
  maxLength = MAX_LENGTH,
): LiveFeed {
  let pieces: OutputPiece[] = []
  let length = 0
  let leftOut = 0
  let cancelPause: (() => void) | null = null
  let isOver = false

  function handOn(): void {
    if (pieces.length === 0) return
    const output = { pieces, leftOut }
    pieces = []
    length = 0
    leftOut = 0
    take(output)
  }

  /** The newest is what somebody looks for who watches. */
  function makeRoom(): void {
    while (length > maxLength) {
      const [first] = pieces
      if (!first) return
      const over = Math.min(length - maxLength, first.text.length)
      if (over === first.text.length) pieces.shift()
      else pieces[0] = { stream: first.stream, text: first.text.slice(over) }
      length -= over
      leftOut += over
    }
  }

  function pause(): void {
    cancelPause = clock.after(INTERVAL_MS, () => {
      cancelPause = null
      if (pieces.length === 0) return
      pause()
      handOn()
    })
  }

  return {
    push({ stream, text }) {
      if (isOver || text === '') return
      const last = pieces.at(-1)
      if (last?.stream === stream) pieces[pieces.length - 1] = { stream, text: last.text + text }
      else pieces.push({ stream, text })
      length += text.length
      makeRoom()
      if (cancelPause) return
      pause()
      handOn()
    },
    end() {
      isOver = true
      cancelPause?.()
      handOn()
    },
  }
}
