import { format } from 'node:util'
import { afterEach, beforeEach } from 'vitest'

/**
 * Unexpected console output fails the test that caused it: a warning nobody reads is how defects
 * hide. A test that expects one replaces the method itself (`vi.spyOn(console, 'warn')`).
 */
let unexpected: string[] = []

beforeEach(() => {
  unexpected = []
  for (const method of ['error', 'warn'] as const) {
    console[method] = (...parts: unknown[]) => {
      unexpected.push(`console.${method}: ${format(...parts)}`)
    }
  }
})

afterEach(() => {
  const found = unexpected
  unexpected = []
  if (found.length > 0) throw new Error(`Unexpected console output:\n${found.join('\n')}`)
})
