import { base64 } from '@scure/base'
import {
  IMAGE_LEFT_OUT,
  MAX_HTML_IMAGES_BYTES,
  type ExportedImage,
} from '#shared/domain/timeline/export-html.ts'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'

/**
 * Reads the images of a timeline for a file that holds them, by hash: as many as there is room for,
 * starred ones first. Never rejects.
 */
export async function readImages(
  { images }: Pick<Cockpit, 'images'>,
  incidentId: string,
  entries: readonly MarkedEntry[],
): Promise<ReadonlyMap<string, ExportedImage>> {
  const found = new Map<string, ExportedImage>()
  let room = MAX_HTML_IMAGES_BYTES
  const wanted = entries.toSorted((a, b) => Number(b.isStarred) - Number(a.isStarred))
  for (const { seq: entry, image } of wanted) {
    if (!image || found.has(image.hash)) continue
    if (image.size > room) {
      found.set(image.hash, { kind: 'missing', why: IMAGE_LEFT_OUT })
      continue
    }
    const read = await images.read({ incidentId, entry, image })
    if (!read.ok) {
      found.set(image.hash, { kind: 'missing', why: 'not available when this was exported' })
      continue
    }
    room -= image.size
    const bytes = new Uint8Array(await read.value.arrayBuffer())
    found.set(image.hash, { kind: 'whole', base64: base64.encode(bytes) })
  }
  return found
}
