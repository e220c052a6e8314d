import type { Risk } from '#shared/domain/runbook/schema.ts'
import { listed, type Program } from './program.ts'
import { fixedBeginning, type Word } from './word.ts'

/** What a program is asked to do. */
export interface Subcommand {
  /** `rollout status`; empty without one. */
  readonly name: string
  readonly risk: Risk
  /** False where the words do not say which subcommand it is. */
  readonly isSure: boolean
}

/** The subcommands of a program with their risks. */
function table(program: Program): ReadonlyMap<string, Risk> {
  const found = new Map<string, Risk>()
  for (const risk of ['read', 'change', 'destroy'] as const) {
    for (const name of (program.does?.[risk] ?? '').split(',')) {
      if (name.trim() !== '') found.set(name.trim(), risk)
    }
  }
  return found
}

/** Finds the subcommand among the words behind a program. */
export function subcommandOf(program: Program, words: readonly Word[]): Subcommand {
  const known = table(program)
  if (known.size === 0) return { name: '', risk: program.otherwise, isSure: true }
  const takes = listed(program.takes ?? '')
  const bare = new Set(listed(program.bare ?? ''))
  const continues = (name: string) => [...known.keys()].some((key) => key.startsWith(`${name} `))
  let name = ''
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (!word) break
    const text = word.value ?? fixedBeginning(word)
    const next = name === '' ? text : `${name} ${text}`
    if (word.value !== null && (known.has(next) || continues(next))) {
      name = next
      if (!continues(next)) break
      continue
    }
    if (text.startsWith('-') && text !== '--') {
      const option = text.split('=', 1)[0] ?? ''
      if (takes.includes(option)) {
        if (!text.includes('=')) index += 1
      } else if (!bare.has(option) && !isAttached(text, takes)) {
        if (name !== '' && known.has(name)) return group(known, name, words, program)
        return unsure(known, name, words, program)
      }
      continue
    }
    // Something follows that no entry has: a group's own entry says nothing of it, unless it is no reading.
    return name === '' || known.get(name) === 'read' || !known.has(name)
      ? unsure(known, name, words, program)
      : { name, risk: known.get(name) ?? 'change', isSure: true }
  }
  const risk = known.get(name)
  if (name === '') return { name, risk: program.otherwise, isSure: true }
  return risk === undefined ? unsure(known, name, words, program) : { name, risk, isSure: true }
}

/** A group with an option that is not known: what follows could be the value, or the subcommand. */
function group(
  known: ReadonlyMap<string, Risk>,
  name: string,
  words: readonly Word[],
  program: Program,
): Subcommand {
  const own = known.get(name) ?? 'change'
  const rest = words.slice(words.findIndex(({ value }) => name.endsWith(value ?? '\0')) + 1)
  const hasMore = rest.some(
    (word) => known.has(`${name} ${word.value ?? ''}`) || word.value === null,
  )
  return own === 'read' && hasMore
    ? unsure(known, name, words, program)
    : { name, risk: own, isSure: true }
}

const isAttached = (text: string, takes: readonly string[]) =>
  takes.some((option) => option.length === 2 && text.startsWith(option) && !text.startsWith('--'))

function unsure(
  known: ReadonlyMap<string, Risk>,
  name: string,
  words: readonly Word[],
  { otherwise }: Program,
): Subcommand {
  // The last word is what counts: `compose -f FILE down`.
  const destroying = new Set(
    [...known].flatMap(([key, risk]) => (risk === 'destroy' ? [key.split(' ').at(-1)] : [])),
  )
  const mayDestroy = words.some(({ value }) => value !== null && destroying.has(value))
  return { name, risk: mayDestroy || otherwise === 'destroy' ? 'destroy' : 'change', isSure: false }
}
