import { z } from 'zod'
import { MAX_CAPTION, MAX_IMAGE_NAME, imageTypeSchema } from '../../domain/image/schema.ts'
import { MAX_NOTE_LENGTH } from './incident.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/**
 * Most bytes of an image that are sent to the engine at once: in Base64 well below the largest
 * message that a host takes.
 */
export const MAX_SENT_PIECE = 64 * 1024
/** Most bytes of an image that the engine answers with at once. */
export const MAX_READ_PIECE = 192 * 1024

const base64 = (bytes: number) => z.base64().max(Math.ceil(bytes / 3) * 4)

/** What people do with a timeline. It means the same hours later, so all of it is kept. */
const onIncident = {
  kind: 'command',
  needs: 'act',
  offline: 'keep',
  output: receiptSchema,
} as const

const text = z.string().trim().min(1).max(MAX_NOTE_LENGTH)

/** An entry by the sequence number of its event, and when that was recorded, ms since the epoch, UTC. */
const onEntry = incidentInput.extend({
  entry: z.number().int().positive(),
  /** In another journal another event has the number: it is not taken for the one that is meant. */
  recordedAt: z.number(),
})

/** Names an upload until its image is added: made up by the cockpit. */
const uploadSchema = z.string().min(8).max(64)

/** What people write on a timeline, and what they do with its entries. */
export const entryOperations = {
  /** Adds something that happened earlier: at `happenedAt`, ms since the epoch, UTC. */
  'entry.add': {
    ...onIncident,
    input: incidentInput.extend({ text, happenedAt: z.number().int() }),
  },
  /** Says what an entry that a person wrote should read; the old text stays in sight. */
  'entry.correct': { ...onIncident, input: onEntry.extend({ text }) },
  /** Marks an entry as important, or not any more. */
  'entry.star': { ...onIncident, input: onEntry.extend({ isStarred: z.boolean() }) },
  /**
   * Sends a piece of an image, from its first to its last. Nothing is kept of it until `image.add`
   * names the upload; one that stops is forgotten.
   */
  'image.send': {
    kind: 'change',
    needs: 'act',
    input: incidentInput.extend({
      upload: uploadSchema,
      /** Of the whole image, bytes. */
      size: z.number().int().nonnegative(),
      /** Where the piece begins, bytes. */
      offset: z.number().int().nonnegative(),
      /** In Base64. */
      data: base64(MAX_SENT_PIECE),
    }),
    /** How much of it has come by now, bytes. */
    output: z.object({ received: z.number().int().nonnegative() }),
  },
  /** Adds the image that was sent. Never kept for later: it is kept where it was pasted. */
  'image.add': {
    kind: 'command',
    needs: 'act',
    offline: 'refuse',
    input: incidentInput.extend({
      upload: uploadSchema,
      name: z.string().trim().min(1).max(MAX_IMAGE_NAME),
      caption: z.string().trim().max(MAX_CAPTION).default(''),
    }),
    output: receiptSchema,
  },
  /** Reads a piece of an image of this incident. */
  'image.read': {
    kind: 'query',
    needs: 'read',
    input: incidentInput.extend({
      /** The entry that it stands on, by sequence number. */
      entry: z.number().int().positive(),
      offset: z.number().int().nonnegative().default(0),
    }),
    output: z.object({
      mediaType: imageTypeSchema,
      /** In Base64. */
      data: base64(MAX_READ_PIECE),
      /** Where the next piece begins, bytes; null at the end. */
      next: z.number().int().nonnegative().nullable(),
      /** Of the whole image, bytes. */
      size: z.number().int().nonnegative(),
    }),
  },
} as const satisfies Operations
