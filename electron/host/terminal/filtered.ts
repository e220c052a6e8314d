import { PassThrough, type Readable } from 'node:stream'

/** What a filter leaves of a stream, as a stream of its own; where that is full, the stream waits. */
export function filtered(
  from: Readable,
  filter: { push(bytes: Buffer): Buffer; end(): Buffer },
): Readable {
  const to = new PassThrough()
  from.on('data', (piece: Buffer) => {
    const kept = filter.push(piece)
    if (kept.length === 0 || to.write(kept)) return
    from.pause()
    to.once('drain', () => from.resume())
  })
  from.once('close', () => {
    to.end(filter.end())
  })
  return to
}
