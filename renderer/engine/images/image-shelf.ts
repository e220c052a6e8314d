import { base64 } from '@scure/base'
import type { ContractError } from '#shared/contract/errors.ts'
import type { TimelineImage } from '#shared/domain/image/schema.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { EngineClient } from '../bridge/engine-client.ts'

/** What this page keeps of images, bytes: those that were looked at last. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024

/** An image of a timeline, and where it stands. */
export interface ShownImage {
  readonly incidentId: string
  /** The sequence number of its event. */
  readonly entry: number
  readonly image: Pick<TimelineImage, 'hash'>
}

/** The images of timelines, as far as this page has read them. */
export interface ImageShelf {
  /** Reads an image, once for all that show it. Never rejects. */
  read(shown: ShownImage): Promise<Result<Blob, ContractError>>
}

/** A shelf that asks the engine for what it does not have. */
export function createImageShelf(client: Pick<EngineClient, 'request'>): ImageShelf {
  /** By hash, those that were wanted last at the end. */
  const kept = new Map<string, Blob>()
  const reading = new Map<string, Promise<Result<Blob, ContractError>>>()

  function keep(hash: string, blob: Blob): void {
    kept.delete(hash)
    kept.set(hash, blob)
    let total = [...kept.values()].reduce((sum, { size }) => sum + size, 0)
    for (const [oldest, { size }] of kept) {
      if (total <= MAX_KEPT_BYTES || oldest === hash) return
      kept.delete(oldest)
      total -= size
    }
  }

  async function ask({
    incidentId,
    entry,
    image,
  }: ShownImage): Promise<Result<Blob, ContractError>> {
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let offset = 0
    for (;;) {
      const read = await client.request('image.read', { incidentId, entry, offset })
      if (!read.ok) return read
      const { data, next, mediaType } = read.value
      pieces.push(Uint8Array.from(base64.decode(data)))
      // A piece that leads no further would be asked for again and again.
      if (next === null || next <= offset) {
        const blob = new Blob(pieces, { type: mediaType })
        keep(image.hash, blob)
        return ok(blob)
      }
      offset = next
    }
  }

  return {
    read(shown) {
      const { hash } = shown.image
      const known = kept.get(hash)
      if (known) {
        keep(hash, known)
        return Promise.resolve(ok(known))
      }
      const asked = reading.get(hash) ?? ask(shown).finally(() => reading.delete(hash))
      reading.set(hash, asked)
      return asked
    },
  }
}
