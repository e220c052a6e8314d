import type { Readable } from 'node:stream'
import { createOutputCleaner } from './clean-output.ts'
import type { LiveFeed, OutputStream } from './live-feed.ts'
import type { Tail } from './tail.ts'

/** Where output goes, clean and without secrets. */
export interface OutputSinks {
  /** Keeps all of it; what is printed meanwhile waits. Never rejects. */
  readonly record: (text: string) => Promise<void>
  readonly live: Pick<LiveFeed, 'push'>
  readonly tail: Pick<Tail, 'push'>
}

/** The output of a program while it is read. */
export interface OutputCollection {
  /** Resolves when both streams ended and all of them is handed on. */
  readonly ended: Promise<void>
  /** How many bytes came so far. */
  bytes(): number
  /** Reads no more, for those who never end them; `ended` resolves then. */
  abandon(): void
}

/**
 * Reads both outputs of a program, in the order in which they come. One piece is read at a time, and
 * the next one only when that is stored and others had their turn: a program that prints faster than
 * this waits for it, as it would for a terminal.
 */
export function collectOutput(
  streams: Readonly<Record<OutputStream, Readable>>,
  secrets: readonly string[],
  { record, live, tail }: OutputSinks,
): OutputCollection {
  let bytes = 0
  /** Which stream the last text was of that did not end its line. */
  let openLineOf: OutputStream | null = null
  let work = Promise.resolve()

  async function handOn(stream: OutputStream, text: string): Promise<void> {
    if (text === '') return
    live.push({ stream, text })
    const lines = openLineOf === null || openLineOf === stream ? text : `\n${text}`
    openLineOf = text.endsWith('\n') ? null : stream
    tail.push(lines)
    await record(lines)
  }

  function collect(name: OutputStream): Promise<void> {
    const stream = streams[name]
    const cleaner = createOutputCleaner(secrets)
    stream.on('data', (chunk: Buffer) => {
      stream.pause()
      bytes += chunk.length
      work = work.then(() => handOn(name, cleaner.push(chunk)))
      const goOn = () => void stream.resume()
      void work.then(() => setImmediate(goOn), goOn)
    })
    return new Promise((resolve, reject) => {
      stream.on('error', () => undefined)
      stream.once('close', () => {
        work = work.then(() => handOn(name, cleaner.end()))
        work.then(resolve, reject)
      })
    })
  }

  const ended = Promise.all([collect('stdout'), collect('stderr')]).then(() => undefined)
  // Whoever waits for it hears of a failure, but maybe not yet.
  ended.catch(() => undefined)
  return {
    ended,
    bytes: () => bytes,
    abandon() {
      streams.stdout.destroy()
      streams.stderr.destroy()
    },
  }
}
