/** What stands for half a pair of surrogates, which has no bytes of its own. */
const REPLACEMENT = 0xfffd

/** A text as bytes of UTF-8. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const char of text) {
    const found = char.codePointAt(0) ?? REPLACEMENT
    const code = found >= 0xd800 && found <= 0xdfff ? REPLACEMENT : found
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code, 0))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code, 6), tail(code, 0))
    else bytes.push(0xf0 | (code >> 18), tail(code, 12), tail(code, 6), tail(code, 0))
  }
  return Uint8Array.from(bytes)
}

function tail(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 0x3f)
}

/** The text of bytes of UTF-8; null where they are none. */
export function fromUtf8(bytes: Uint8Array): string | null {
  const escapes: string[] = []
  for (const byte of bytes) escapes.push(`%${byte.toString(16).padStart(2, '0')}`)
  try {
    return decodeURIComponent(escapes.join(''))
  } catch {
    return null
  }
}
