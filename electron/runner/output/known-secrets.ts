import { toPrintable } from '#shared/domain/text/printable.ts'
import type { Span } from './mask.ts'

/** Shorter ones are no secrets, and masking them would make holes all over a text. */
const MIN_LENGTH = 6

/** Finds secrets that are known by their value. */
export interface KnownSecrets {
  /** The parts of a text that are one of them, from left to right. */
  find(text: string): readonly Span[]
  /** Length of the longest spelling of any, in UTF-16 units; 0 where there is none. */
  readonly longest: number
}

/**
 * Looks for each secret as it is, as programs print it (in JSON, in an address, in Base64 as
 * Kubernetes does), and for each line of one that has several. Those of fewer than six characters
 * are not looked for.
 */
export function createKnownSecrets(secrets: readonly string[]): KnownSecrets {
  const spellings = [...new Set(secrets.flatMap(spellingsOf))]
    .filter(({ length }) => length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length)
  const [longest] = spellings
  if (longest === undefined) return { find: () => [], longest: 0 }
  // The longest first: one may be the start of another one.
  const any = new RegExp(spellings.map(literally).join('|'), 'g')
  return {
    find: (text) =>
      Array.from(text.matchAll(any), ({ index, 0: { length } }) => ({
        start: index,
        end: index + length,
      })),
    longest: longest.length,
  }
}

/** As an expression that matches this text alone. */
const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

function spellingsOf(secret: string): readonly string[] {
  const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim())
  return [secret.trim(), ...lines]
    .filter(({ length }) => length >= MIN_LENGTH)
    .flatMap((line) => [
      ...(/[\r\n]/.test(line) ? [] : [line, toPrintable(line, Infinity)]),
      JSON.stringify(line).slice(1, -1),
      encodeURIComponent(line.toWellFormed()),
      Buffer.from(line).toString('base64'),
    ])
}
