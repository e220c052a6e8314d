/** Identity, passed in so that tests own randomness and the core needs no crypto library. */
export interface Ids {
  /** The same parts give the same id on every machine; collision-safe against hostile parts. */
  derive(...parts: readonly string[]): string
  /** The SHA-256 of a text in UTF-8, in hexadecimal digits: whoever has the text can compare it. */
  sha256(text: string): string
  /** A fresh random fraction in [0, 1), for jitter only. */
  random(): number
}
