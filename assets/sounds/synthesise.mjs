/**
 * Makes alarm.wav and alert.wav beside this file: `node assets/sounds/synthesise.mjs`.
 *
 * Struck bells, because a soft attack and a long decay wake without frightening. The alarm rises and
 * comes twice; the alert is one falling chime. 16-bit mono at 11,025 Hz keeps them small.
 */
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const RATE = 11_025
/** A bell's overtones: multiple of the pitch, loudness, decay in seconds. */
const partials = [
  [1, 1, 0.55],
  [2, 0.35, 0.4],
  [2.99, 0.2, 0.25],
  [4.1, 0.08, 0.15],
]
const ATTACK_S = 0.012

/** One strike: at which second, how high (Hz), how loud (0 to 1). */
const alarm = [0, 1.5].flatMap((start) => [
  { at: start, pitch: 587.33, loudness: 0.5 },
  { at: start + 0.22, pitch: 739.99, loudness: 0.6 },
  { at: start + 0.44, pitch: 880, loudness: 0.75 },
  { at: start + 0.66, pitch: 880, loudness: 0.75 },
])
const alert = [
  { at: 0, pitch: 880, loudness: 0.5 },
  { at: 0.18, pitch: 659.26, loudness: 0.45 },
]

write('alarm.wav', alarm, 3.4)
write('alert.wav', alert, 1.3)

function write(name, strikes, seconds) {
  const samples = Math.round(seconds * RATE)
  const data = Buffer.alloc(samples * 2)
  for (let index = 0; index < samples; index += 1) {
    const time = index / RATE
    // The last tenth fades out, so that nothing ends in a click.
    const fade = Math.min(1, (seconds - time) / 0.1)
    const level = strikes.reduce((sum, strike) => sum + soundOf(strike, time), 0) * fade
    data.writeInt16LE(Math.round(Math.tanh(level * 0.6) * 32_767), index * 2)
  }
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), name),
    Buffer.concat([header(data.length), data]),
  )
}

function soundOf({ at, pitch, loudness }, time) {
  const since = time - at
  if (since < 0) return 0
  const attack = Math.min(1, since / ATTACK_S)
  return partials.reduce(
    (sum, [multiple, share, decay]) =>
      sum +
      attack *
        loudness *
        share *
        Math.exp(-since / decay) *
        Math.sin(2 * Math.PI * pitch * multiple * since),
    0,
  )
}

/** RIFF header of a PCM file: one channel, 16 bits. */
function header(size) {
  const bytes = Buffer.alloc(44)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + size, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(RATE, 24)
  bytes.writeUInt32LE(RATE * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(size, 40)
  return bytes
}
