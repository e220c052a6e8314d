import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract, isOperationName, MAX_NOTE_LENGTH } from '#shared/contract/index.ts'

describe('the contract', () => {
  it('knows its own names only', () => {
    expect(isOperationName('incident.acknowledge')).toBe(true)
    for (const name of ['__proto__', 'toString', '', 'incident.delete'])
      expect(isOperationName(name)).toBe(false)
  })

  it('refuses empty input for every command', () => {
    // These end something of the watch: there is nothing to name.
    const withoutInput = ['quiet.end', 'focus.end']
    for (const [name, operation] of Object.entries(contract)) {
      if (operation.kind === 'command' && !withoutInput.includes(name))
        expect(operation.input.safeParse({}).success).toBe(false)
      expect(operation.input.safeParse('x').success).toBe(false)
    }
  })

  it('bounds notes', () => {
    const { input } = contract['incident.note']
    expect(input.safeParse({ incidentId: 'i', text: 'x'.repeat(MAX_NOTE_LENGTH) }).success).toBe(
      true,
    )
    expect(
      input.safeParse({ incidentId: 'i', text: 'x'.repeat(MAX_NOTE_LENGTH + 1) }).success,
    ).toBe(false)
  })

  it('can be described as JSON Schema, so that nothing in it is only code', () => {
    for (const { input, output } of Object.values(contract)) {
      expect(z.toJSONSchema(input, { io: 'input' })).toBeTypeOf('object')
      expect(z.toJSONSchema(output)).toBeTypeOf('object')
    }
  })
})
