import { z } from 'zod'

const MIB = 1024 * 1024

/** Largest image, bytes. */
export const MAX_IMAGE_BYTES = 10 * MIB
/** What all images of this machine may take together, bytes. */
export const MAX_IMAGES_BYTES = 500 * MIB
/** Longest name of an image's file that is recorded, in UTF-16 units. */
export const MAX_IMAGE_NAME = 200
/** Longest words under an image, in UTF-16 units. */
export const MAX_CAPTION = 1_000

/** The kinds of images that are taken: pictures alone, nothing that can hold a script. */
export const imageTypeSchema = z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])
export type ImageType = z.infer<typeof imageTypeSchema>

/** The SHA-256 of an image, in hexadecimal: what it is kept under. */
export const imageHashSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** An image of a timeline: what is recorded of it. Its bytes are kept beside the journal. */
export const timelineImageSchema = z.object({
  imageId: z.string(),
  /** As its file was called; hostile. */
  name: z.string(),
  mediaType: imageTypeSchema,
  /** In bytes. */
  size: z.number().int().positive(),
  hash: imageHashSchema,
  /** What whoever added it wrote under it; empty for nothing. */
  caption: z.string(),
})
export type TimelineImage = z.infer<typeof timelineImageSchema>

/** A text of characters below 256, each for one byte. */
const startsWith = (bytes: Uint8Array, text: string, at = 0) =>
  Array.from(text, (char) => char.charCodeAt(0)).every((byte, index) => bytes[at + index] === byte)

/** What an image is, by its first bytes: a name can say anything. Null for what is not taken. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  if (startsWith(bytes, '\u0089PNG\r\n\u001a\n')) return 'image/png'
  if (startsWith(bytes, '\u00ff\u00d8\u00ff')) return 'image/jpeg'
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'image/gif'
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'image/webp'
  return null
}

/** Why an image of this size, in bytes, is not taken; null where it is. */
export function imageSizeRefusal(size: number): string | null {
  if (size === 0) return 'This image is empty. Nothing was added.'
  return size > MAX_IMAGE_BYTES
    ? `This image is ${inMib(size)}; the limit is ${inMib(MAX_IMAGE_BYTES)}. Nothing was added.`
    : null
}

/** Said of what is not one of the images that are taken, whatever it is called. */
export const NOT_AN_IMAGE =
  'Only PNG, JPEG, WebP and GIF images can be added, and this is none of them. Nothing was added.'

/** A size in words, such as `20.0 MiB`; a whole number of them without a fraction. */
export function inMib(bytes: number): string {
  const mib = bytes / MIB
  // Rounded up: what is over the limit must not read like the limit.
  return `${Number.isInteger(mib) ? String(mib) : (Math.ceil(mib * 10) / 10).toFixed(1)} MiB`
}
