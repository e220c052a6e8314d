/** First version with `--action`, `--wait`, `--print-id` and `--replace-id`. */
const NEEDED = [0, 8] as const

/** Reads `notify-send 0.8.1`, or with the path that it was called by; null for anything else. */
export function parseVersion(output: string): readonly [major: number, minor: number] | null {
  const match = /^(?:\S*\/)?notify-send (\d{1,4})\.(\d{1,4})/m.exec(output)
  return match ? [Number(match[1]), Number(match[2])] : null
}

/** True for a version that can have buttons. */
export function hasButtons([major, minor]: readonly [major: number, minor: number]): boolean {
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])
}
