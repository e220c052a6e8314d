import { base64 } from '@scure/base'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_SENT_PIECE } from '#shared/contract/operations/entry.ts'
import type { Receipt } from '#shared/contract/operations/operation.ts'
import { imageSizeRefusal } from '#shared/domain/image/schema.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { EngineClient } from '../bridge/engine-client.ts'

/** An image that a person adds to a timeline. */
export interface ImageToSend {
  readonly incidentId: string
  readonly file: Blob
  /** As its file is called. */
  readonly name: string
  readonly caption: string
}

/**
 * Sends an image to the engine, piece by piece, and adds it to the timeline. What is too large is not
 * even begun. Never rejects.
 *
 * @param upload names it until it is added; another one each time.
 */
export async function sendImage(
  client: Pick<EngineClient, 'request'>,
  { incidentId, file, name, caption }: ImageToSend,
  upload: string,
): Promise<Result<Receipt, ContractError>> {
  const { size } = file
  const refused = imageSizeRefusal(size)
  if (refused !== null) return fail({ code: 'invalid-input', message: refused })
  const bytes = await bytesOf(file)
  if (bytes === null) return fail(unreadable)
  for (let offset = 0; offset < size; offset += MAX_SENT_PIECE) {
    const data = base64.encode(bytes.subarray(offset, offset + MAX_SENT_PIECE))
    const sent = await client.request('image.send', { incidentId, upload, size, offset, data })
    if (!sent.ok) return sent
  }
  return client.request('image.add', { incidentId, upload, name, caption })
}

const unreadable: ContractError = {
  code: 'invalid-input',
  message: 'The image could not be read. Nothing was added.',
  hint: 'Its file may have been moved or changed: select it again.',
}

/** Null for a file that cannot be read any more. */
async function bytesOf(file: Blob): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return null
  }
}
