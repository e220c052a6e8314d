import type { ContractError } from '#shared/contract/index.ts'
import {
  imageSizeRefusal,
  imageTypeOf,
  NOT_AN_IMAGE,
  type ImageType,
} from '#shared/domain/image/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'

/** Uploads that are kept at a time, of everybody together: each can be as large as an image. */
const MAX_UPLOADS = 4
/** An upload of which nothing comes for so long, ms, is forgotten when another one begins. */
const IDLE_MS = 60_000

/** A piece of an image on its way. */
interface Piece {
  /** Of the whole image, bytes. */
  readonly size: number
  readonly offset: number
  readonly bytes: Uint8Array
}

/** An image that came whole. */
interface Uploaded {
  readonly bytes: Uint8Array
  readonly mediaType: ImageType
}

/** Images that are sent piece by piece, in memory until they are added. */
export interface ImageUploads {
  /** Takes the next piece; the same one again changes nothing. Answers how much has come by now, bytes. */
  send(key: string, piece: Piece): Result<number, ContractError>
  /** The whole image; why there is none, in words. */
  read(key: string): Result<Uploaded, ContractError>
  forget(key: string): void
}

interface Upload extends Uploaded {
  received: number
  /** By the steady clock, ms. */
  heardAt: number
}

/** Uploads of one engine. */
export function createImageUploads(clock: Pick<Clock, 'monotonic'>): ImageUploads {
  const uploads = new Map<string, Upload>()

  /** Makes room for one more; false where all are under way. */
  function hasRoom(): boolean {
    for (const [key, { heardAt }] of [...uploads]) {
      if (clock.monotonic() - heardAt >= IDLE_MS) uploads.delete(key)
    }
    return uploads.size < MAX_UPLOADS
  }

  function begin(key: string, { size, offset, bytes }: Piece): Result<Upload, ContractError> {
    const refused = imageSizeRefusal(size)
    if (refused !== null) return fail({ code: 'invalid-input', message: refused })
    if (offset !== 0) return fail(interrupted)
    const mediaType = imageTypeOf(bytes)
    if (mediaType === null) return fail({ code: 'invalid-input', message: NOT_AN_IMAGE })
    if (!hasRoom()) {
      return fail({
        code: 'not-allowed-now',
        message: 'Other images are being added. Nothing was added.',
        hint: 'Try again in a minute.',
      })
    }
    const upload = { bytes: new Uint8Array(size), mediaType, received: 0, heardAt: 0 }
    uploads.set(key, upload)
    return ok(upload)
  }

  return {
    send(key, piece) {
      const known = uploads.get(key)
      const begun = known ? ok(known) : begin(key, piece)
      if (!begun.ok) return begun
      const upload = begun.value
      upload.heardAt = clock.monotonic()
      const end = piece.offset + piece.bytes.length
      if (end <= upload.received) return ok(upload.received)
      if (piece.offset !== upload.received || end > upload.bytes.length) {
        uploads.delete(key)
        return fail(interrupted)
      }
      upload.bytes.set(piece.bytes, piece.offset)
      upload.received = end
      return ok(end)
    },
    read(key) {
      const upload = uploads.get(key)
      const isWhole = upload?.received === upload?.bytes.length
      return upload && isWhole ? ok(upload) : fail(interrupted)
    },
    forget(key) {
      uploads.delete(key)
    },
  }
}

const interrupted: ContractError = {
  code: 'not-allowed-now',
  message: 'Sending the image was interrupted. Nothing was added.',
  hint: 'Add it again.',
}
