import type { Unit } from '../plan/schema.ts'

const formats = new Map<string, Intl.NumberFormat>()

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options)
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat('en-US', options)
  formats.set(key, made)
  return made
}

/** Three figures tell a person enough; whole numbers keep all of theirs. */
function plain(value: number): string {
  const size = Math.abs(value)
  return numberFormat(
    size >= 100 || Number.isInteger(value)
      ? { maximumFractionDigits: 0 }
      : { maximumSignificantDigits: 3 },
  ).format(value)
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

function bytes(value: number): string {
  let size = value
  let unit = 0
  while (Math.abs(size) >= 1_024 && unit < byteUnits.length - 1) {
    size /= 1_024
    unit += 1
  }
  return `${plain(size)} ${byteUnits[unit] ?? 'B'}`
}

function money(value: number, currency: string): string {
  const isSmall = Math.abs(value) < 10 && !Number.isInteger(value)
  const digits = isSmall ? 2 : 0
  return numberFormat({
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value)
}

/** A number as people read it: `36 %`, `$1,420`, `3,400 ms`. */
export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case 'number':
      return plain(value)
    case 'percent':
      return `${plain(value * 100)} %`
    case 'ms':
    case 's':
      return `${plain(value)} ${unit}`
    case 'bytes':
      return bytes(value)
    case 'per-second':
      return `${plain(value)}/s`
    default:
      return money(value, unit)
  }
}
