import { z } from 'zod'

/** How long voices are kept minute by minute, ms. What is older is the journal's. */
export const VOICES_KEPT_MS = 24 * 3_600_000
/** Most minutes that are kept, of all services together: the oldest go first. */
export const MAX_VOICE_MINUTES = 3_000
/** The stretch that voices are added up over, ms. */
export const VOICE_MINUTE_MS = 60_000
/** Most voices that one report may stand for. */
export const MAX_VOICES_AT_ONCE = 1_000_000

/** What people said, as numbers: never what they wrote, which is theirs. */
export const voiceCountsSchema = z.object({
  /** Thumbs up, and thumbs down. */
  up: z.number().int().nonnegative().default(0),
  down: z.number().int().nonnegative().default(0),
  complaints: z.number().int().nonnegative().default(0),
  /** Support tickets. */
  tickets: z.number().int().nonnegative().default(0),
})
export type VoiceCounts = Readonly<z.infer<typeof voiceCountsSchema>>

/** Everything that people said of one service within one minute. */
export const voiceMinuteSchema = voiceCountsSchema.extend({
  service: z.string(),
  /** When the minute begins, ms since the epoch, UTC. */
  minute: z.number(),
})
export type VoiceMinute = Readonly<z.infer<typeof voiceMinuteSchema>>

/** The key of a minute of a service. */
export function voiceKey({ service, minute }: Pick<VoiceMinute, 'service' | 'minute'>): string {
  return `${String(minute)} ${service}`
}
