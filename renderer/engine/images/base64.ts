/** Characters that a call takes at once: each is an argument. */
const STRETCH = 8_192

/** Bytes in Base64, as they cross the bridge. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += STRETCH) {
    text += String.fromCharCode(...bytes.subarray(at, at + STRETCH))
  }
  return btoa(text)
}

/** The bytes of a text in Base64 that the contract has checked. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
