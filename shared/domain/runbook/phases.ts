import type { Phase } from './schema.ts'

/** How headings of each phase begin. */
const openings: readonly (readonly [Phase, RegExp])[] = [
  [
    'context',
    /^(?:meaning|impact|symptoms?|overview|summary|descriptions?|background|about|context|details|(?:possible |potential |common |likely )?causes?|severity|alert details?|what (?:it|this) means)\b/,
  ],
  [
    'diagnose',
    /^(?:diagnos[a-z]+|troubleshoot(?:ing)?|(?:possible |initial |quick |first )?checks?|investigat(?:ion|e|ing)|triage|debug(?:ging)?|first response|first steps)\b/,
  ],
  [
    'act',
    /^(?:mitigat(?:ions?|e|ing)|resolutions?|resolv(?:e|ing)|remediations?|remed(?:y|ies)|(?:common |possible |long-term )?(?:solutions?|fix(?:es)?)|(?:immediate |emergency |corrective )?actions?|recovery|recover|rollbacks?|roll back|workarounds?|decisions?|fixed when)\b/,
  ],
  ['escalate', /^(?:escalat(?:ions?|e)|contacts?)\b/],
  ['tell', /^(?:communications?|communicate|notifications?)\b/],
  [
    'after',
    /^(?:post[- ]?(?:incident|mortem|resolution)|after the incident|aftermath|follow[- ]?ups?|preventions?|prevent(?:ing|ive)?|lessons)\b/,
  ],
]

/**
 * The phase that a heading opens; null for one that says none.
 *
 * @param title its plain text.
 * @param around the phase of the heading above it: below one, only a heading that is nothing but a
 * phase's name changes the phase, since "Fix the disk" is part of its diagnosis.
 */
export function phaseOf(title: string, around: Phase | null): Phase | null {
  const words = title
    .toLowerCase()
    .replace(/^[^\p{L}]+/u, '')
    .replace(/[\s:.!?]+$/, '')
    .trim()
  for (const [phase, opening] of openings) {
    const found = opening.exec(words)?.[0]
    if (found === undefined) continue
    if (around === null || around === phase) return phase
    const rest = words.slice(found.length).trim()
    if (rest === '' || rest === 'steps') return phase
  }
  return around
}
