import { describe } from 'vitest'
import { findBinary, requirements, type Requirement } from './binaries.mjs'

/**
 * Registers tests that need programs of the machine. Where one is missing they are skipped, and
 * their name says which package brings it; `npm test` installs it where it may.
 */
export function describeWith(
  needed: Requirement | readonly Requirement[],
  name: string,
  define: () => void,
): void {
  const missing = [needed].flat().filter((requirement) => findBinary(requirement) === null)
  if (missing.length === 0) {
    describe(name, define)
    return
  }
  const packages = missing.map((requirement) => requirements[requirement].package)
  describe.skip(`${name} (skipped: needs ${packages.join(', ')})`, define)
}

/**
 * The path of a program that tests run.
 *
 * @throws when the machine does not have it: call it inside {@link describeWith}.
 */
export function binary(requirement: Requirement): string {
  const path = findBinary(requirement)
  if (path === null) throw new Error(`${requirement} is not installed`)
  return path
}
