import { toPrintable } from '#shared/domain/text/printable.ts'

/** By what a browser calls itself: the first that fits. Most also name those that they descend from. */
const families = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|HeadlessChrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const

const systems = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const

/** A browser in short, such as `Firefox on Windows`, from its user agent; of an unknown one its begin. */
export function browserName(userAgent: string): string {
  const find = (known: readonly (readonly [RegExp, string])[]) =>
    known.find(([pattern]) => pattern.test(userAgent))?.[1]
  const family = find(families)
  if (family === undefined) return toPrintable(userAgent, 40) || 'unknown browser'
  const system = find(systems)
  return system === undefined ? family : `${family} on ${system}`
}
