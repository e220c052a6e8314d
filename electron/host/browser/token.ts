import { randomBytes, timingSafeEqual, createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What keeps other users and other pages of this machine out. */
export interface AccessToken {
  readonly value: string
  /** Compares in constant time. */
  matches(candidate: string | undefined): boolean
}

/**
 * The token of this data directory: random, readable by its owner only, and kept, so that an open
 * cockpit finds its way back after the engine was restarted.
 */
export function loadToken(directory: string): AccessToken {
  const file = join(directory, 'token')
  const value = readToken(file) ?? createToken(file)
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(value)
  return {
    value,
    matches: (candidate) => candidate !== undefined && timingSafeEqual(digest(candidate), expected),
  }
}

function readToken(file: string): string | null {
  try {
    const value = readFileSync(file, 'utf8').trim()
    return /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null
  } catch {
    return null
  }
}

function createToken(file: string): string {
  const value = randomBytes(32).toString('base64url')
  writeFileSync(file, `${value}\n`, { mode: 0o600 })
  return value
}
