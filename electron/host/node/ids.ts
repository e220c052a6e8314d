import { hash } from 'node:crypto'
import type { Ids } from '#electron/engine/ports/ids.ts'

/**
 * Ids by SHA-256, cut to 128 bits: labels are hostile input, and two alerts that an attacker could
 * make collide would hide one another. Parts are framed by their lengths, so that no two lists of
 * parts read the same.
 */
export function createNodeIds(): Ids {
  return {
    derive(...parts) {
      let text = ''
      for (const part of parts) text += `${String(part.length)}:${part}`
      return hash('sha256', text, 'base64url').slice(0, 22)
    },
    sha256: (text) => hash('sha256', text, 'hex'),
    random: () => Math.random(),
  }
}
