import { formatGo } from './go-number.ts'

const four = (value: number) => formatGo(value, 'g', 4)
const larger = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']
const smaller = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y']

/** As Prometheus' `humanize`: `1234567` → `1.235M`, `0.00123` → `1.23m`. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return four(value)
  return Math.abs(value) >= 1 ? scaledDown(value, 1000, larger) : scaledUp(value)
}

/** As Prometheus' `humanize1024`: `1048576` → `1Mi`. */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return four(value)
  return scaledDown(
    value,
    1024,
    larger.map((prefix) => `${prefix}i`),
  )
}

/** As Prometheus' `humanizePercentage`, of a ratio: `0.1234567` → `12.35%`. */
export function humanizePercentage(value: number): string {
  return `${four(value * 100)}%`
}

/**
 * As Prometheus' `humanizeDuration`, of seconds: `129600` → `1d 12h 0m 0s`, `0.1` → `100ms`. Null
 * for what has more than 64 bits of seconds: Prometheus writes nonsense that depends on its machine.
 */
export function humanizeDuration(seconds: number): string | null {
  if (!Number.isFinite(seconds)) return four(seconds)
  if (seconds === 0) return `${four(seconds)}s`
  if (Math.abs(seconds) < 1) return `${scaledUp(seconds)}s`
  const sign = seconds < 0 ? '-' : ''
  const length = Math.abs(seconds)
  if (length >= 2 ** 63) return null
  const all = BigInt(Math.trunc(length))
  const days = all / 86_400n
  const hours = (all / 3_600n) % 24n
  const minutes = (all / 60n) % 60n
  // From a minute on, seconds are whole ones; they are cut, not rounded.
  const rest = `${minutes}m ${all % 60n}s`
  if (days !== 0n) return `${sign}${days}d ${hours}h ${rest}`
  if (hours !== 0n) return `${sign}${hours}h ${rest}`
  return minutes === 0n ? `${sign}${four(length)}s` : `${sign}${rest}`
}

/**
 * As Prometheus' `humanizeTimestamp`, of seconds since the epoch:
 * `2015-06-23 13:19:44.128 +0000 UTC`. Null where Prometheus fails: it counts nanoseconds in 64 bits.
 */
export function humanizeTimestamp(seconds: number): string | null {
  if (!Number.isFinite(seconds)) return four(seconds)
  const nanoseconds = seconds * 1e9
  if (Math.abs(nanoseconds) >= 2 ** 63) return null
  const [date = '', time = ''] = new Date(Math.trunc(Math.trunc(nanoseconds) / 1e6))
    .toISOString()
    .split('T')
  return `${date} ${time.replace(/(?:\.000|0{1,2})Z$|Z$/, '')} +0000 UTC`
}

function scaledDown(value: number, step: number, prefixes: readonly string[]): string {
  let scaled = value
  let last = ''
  for (const prefix of prefixes) {
    if (Math.abs(scaled) < step) break
    last = prefix
    scaled /= step
  }
  return four(scaled) + last
}

function scaledUp(value: number): string {
  let scaled = value
  let last = ''
  for (const prefix of smaller) {
    if (Math.abs(scaled) >= 1) break
    last = prefix
    scaled *= 1000
  }
  return four(scaled) + last
}
