import { z } from 'zod'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/**
 * What a person mutes. Given for now: hours later it would mean something else. It holds
 * back the pages of this machine, so only its owner may: nobody's pages are another one's to hold.
 */
const forNow = {
  kind: 'command',
  needs: 'configure',
  offline: 'refuse',
  output: receiptSchema,
} as const

/** Do not disturb, and focus. */
export const mutingOperations = {
  /** Do not disturb until `until` (ms since the epoch, UTC); what breaks through still does. */
  'quiet.start': { ...forNow, input: z.object({ until: z.number().int() }) },
  'quiet.end': { ...forNow, input: z.object({}) },
  /** "I'm awake": other pages wait while this incident is worked on, but for what breaks through. */
  'focus.start': { ...forNow, input: incidentInput },
  'focus.end': { ...forNow, input: z.object({}) },
} as const satisfies Operations
