import type { Right } from './right.ts'

const missing = {
  read: 'You may not see this Deckwatch.',
  act: 'Read-only access: this session cannot act.',
  run: 'You may not run commands on this Deckwatch.',
  configure: 'Only the owner of this Deckwatch can do this.',
} as const satisfies Record<Right, string>

/** Why somebody without a right cannot do something: a sentence for them. */
export function missingRight(right: Right): string {
  return missing[right]
}

/** The refusal of what somebody may not do. No invitation gives what only the owner can do. */
export function notPermitted(right: Right) {
  const refusal = { code: 'not-permitted', message: missing[right] } as const
  if (right === 'run') {
    const hint = 'Copy it, or ask the owner: people of the configuration with runs: true may.'
    return { ...refusal, hint } as const
  }
  return right === 'configure'
    ? refusal
    : ({ ...refusal, hint: 'Ask the owner for an invitation that allows it.' } as const)
}
