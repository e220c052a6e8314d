import type { VoiceBody } from './events.ts'
import {
  MAX_VOICE_MINUTES,
  VOICE_MINUTE_MS,
  VOICES_KEPT_MS,
  voiceKey,
  type VoiceMinute,
} from './schema.ts'

/** The minute that something said belongs to, with what was said added to it. */
export function countVoice(
  minutes: ReadonlyMap<string, VoiceMinute>,
  { service, saidAt, up, down, complaints, tickets }: VoiceBody,
): VoiceMinute {
  const minute = Math.floor(saidAt / VOICE_MINUTE_MS) * VOICE_MINUTE_MS
  const before = minutes.get(voiceKey({ service, minute }))
  return {
    service,
    minute,
    up: (before?.up ?? 0) + up,
    down: (before?.down ?? 0) + down,
    complaints: (before?.complaints ?? 0) + complaints,
    tickets: (before?.tickets ?? 0) + tickets,
  }
}

/** The keys of the minutes that are too old, or too many. `at` in ms since the epoch, UTC. */
export function voicesToForget(
  minutes: ReadonlyMap<string, VoiceMinute>,
  at: number,
): readonly string[] {
  const old = [...minutes.values()].filter(({ minute }) => minute < at - VOICES_KEPT_MS)
  const left = minutes.size - old.length
  if (left <= MAX_VOICE_MINUTES) return old.map(voiceKey)
  const oldestFirst = [...minutes.values()].sort((a, b) => a.minute - b.minute)
  return oldestFirst.slice(0, minutes.size - MAX_VOICE_MINUTES).map(voiceKey)
}
