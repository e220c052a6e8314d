import { describe, expect, it } from 'vitest'
import { countVoice, voicesToForget } from '#shared/domain/voice/evolve.ts'
import { complaintsOf, satisfactionOf } from '#shared/domain/voice/satisfaction.ts'
import {
  MAX_VOICE_MINUTES,
  VOICES_KEPT_MS,
  voiceKey,
  type VoiceMinute,
} from '#shared/domain/voice/schema.ts'

const NOW = Date.UTC(2026, 10, 29, 12, 0, 30)
const HOUR = 3_600_000

const minute = (
  service: string,
  minutesAgo: number,
  counts: Partial<VoiceMinute>,
): VoiceMinute => ({
  service,
  minute: Math.floor(NOW / 60_000) * 60_000 - minutesAgo * 60_000,
  up: 0,
  down: 0,
  complaints: 0,
  tickets: 0,
  ...counts,
})

const lastHour = (...services: readonly string[]) => ({
  services: services.length === 0 ? null : services,
  now: NOW,
  overMs: HOUR,
})

describe('satisfaction', () => {
  it('is the share of thumbs that are up, of one service and one time', () => {
    const minutes = [
      minute('shop', 1, { up: 6, down: 4 }),
      minute('shop', 30, { up: 6, down: 4 }),
      minute('shop', 90, { down: 100 }),
      minute('search', 1, { down: 100 }),
    ]
    expect(satisfactionOf(minutes, lastHour('shop'))).toEqual({ isKnown: true, share: 0.6, of: 20 })
    expect(satisfactionOf(minutes, lastHour())).toMatchObject({ share: 0.1, of: 120 })
  })

  it('is unknown when too few have said something, never good or bad', () => {
    expect(satisfactionOf([], lastHour('shop'))).toEqual({
      isKnown: false,
      of: 0,
      reason: 'Nobody has rated it in this time.',
    })
    const few = [minute('shop', 1, { down: 9 })]
    expect(satisfactionOf(few, lastHour('shop'))).toMatchObject({ isKnown: false, of: 9 })
    expect(satisfactionOf(few, { ...lastHour('shop'), atLeast: 9 })).toMatchObject({ share: 0 })
    // A condition that wants none at all would divide by nothing.
    expect(satisfactionOf([], { ...lastHour('shop'), atLeast: 0 })).toMatchObject({
      isKnown: false,
    })
  })

  it('does not answer for a time that is not kept', () => {
    const minutes = [minute('shop', 1, { up: 100 })]
    const question = { services: ['shop'], now: NOW, overMs: VOICES_KEPT_MS + 1 }
    expect(satisfactionOf(minutes, question)).toMatchObject({ isKnown: false })
    expect(complaintsOf(minutes, question)).toMatchObject({ isKnown: false })
  })
})

describe('complaints', () => {
  it('are none only where somebody counts them', () => {
    expect(complaintsOf([], lastHour('shop'))).toMatchObject({ isKnown: false })
    const heard = [minute('shop', 300, { complaints: 1 })]
    expect(complaintsOf(heard, lastHour('shop'))).toMatchObject({ isKnown: true, count: 0 })
    expect(complaintsOf(heard, lastHour('search'))).toMatchObject({ isKnown: false })
  })

  it('are complaints and tickets together', () => {
    const heard = [minute('shop', 3, { complaints: 2, tickets: 3 })]
    expect(complaintsOf(heard, lastHour('shop'))).toEqual({ isKnown: true, count: 5, tickets: 3 })
  })
})

describe('what is kept of voices', () => {
  const said = { type: 'voice.counted', voiceId: 'v', service: 'shop', saidAt: NOW } as const

  it('adds up within a minute', () => {
    const first = countVoice(new Map(), { ...said, up: 1, down: 0, complaints: 0, tickets: 0 })
    const known = new Map([[voiceKey(first), first]])
    expect(countVoice(known, { ...said, up: 2, down: 1, complaints: 0, tickets: 0 })).toMatchObject(
      {
        up: 3,
        down: 1,
      },
    )
  })

  it('is a day, and no more than so many minutes', () => {
    const old = minute('shop', 24 * 60 + 2, { up: 1 })
    const young = minute('shop', 1, { up: 1 })
    const few = new Map([old, young].map((each) => [voiceKey(each), each]))
    expect(voicesToForget(few, NOW)).toEqual([voiceKey(old)])
    const many = Array.from({ length: MAX_VOICE_MINUTES + 2 }, (_, index) =>
      minute(`s${String(index)}`, index % 1_000, { up: 1 }),
    )
    const all = new Map(many.map((each) => [voiceKey(each), each]))
    expect(voicesToForget(all, NOW)).toHaveLength(2)
  })
})
