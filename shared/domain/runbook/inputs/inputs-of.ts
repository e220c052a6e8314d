import type { Code, Placeholder, Runbook } from '../schema.ts'
import { normalName, usualName } from './equivalents.ts'
import type { Input } from './schema.ts'
import { titleOfName } from './title.ts'

/**
 * What has to be filled in before some codes can be used, in the order of the codes: one entry for
 * each thing, however often and in whatever spelling it is named. The codes are those of one step
 * of the runbook. Pure.
 */
export function inputsOf(codes: readonly Code[], runbook: Runbook): readonly Input[] {
  const inputs = new Map<string, Input>()
  for (const [code, { placeholders }] of codes.entries()) {
    for (const placeholder of placeholders) {
      const asked = whereAsked(placeholder, runbook)
      const read = meaningOf(asked)
      const id = idOf(asked, read)
      const known = inputs.get(id)
      inputs.set(id, {
        id,
        name: known?.name ?? placeholder.name,
        title: known?.title ?? titleOfName(placeholder.name),
        description: known?.description ?? read.description,
        label: known?.label ?? read.label,
        fallback: sameFallback(known, asked.fallback),
        setBy: asked.setBy,
        occurrences: [...(known?.occurrences ?? []), { code, placeholder }],
      })
    }
  }
  return [...inputs.values()]
}

/** Two places that want different values without one: neither is right for both. */
function sameFallback(known: Input | undefined, fallback: string | null): string | null {
  if (known === undefined) return fallback
  if (known.fallback === null || fallback === null || known.fallback === fallback) {
    return known.fallback ?? fallback
  }
  return null
}

/**
 * The placeholder that stands for a variable: where an earlier step asks for its value, as
 * `NAME='<name of the pod>'` or `NAME=${NAME:-value}` does, that one. It is the same value in both.
 */
function whereAsked(placeholder: Placeholder, { steps }: Runbook): Placeholder {
  const { name, setBy } = placeholder
  if (setBy === null) return placeholder
  const step = steps.find(({ id }) => id === setBy)
  if (step === undefined) return placeholder
  const codes = [...step.commands, ...step.copies].toSorted((a, b) => a.start - b.start)
  for (const { placeholders, run } of codes.toReversed()) {
    const asked = placeholders.findLast(
      (each) => each.name === name && each.setBy === null && isGiven(each, run),
    )
    if (asked) return asked
  }
  return placeholder
}

function isGiven({ form, name, start }: Placeholder, run: string): boolean {
  if (form === 'input') return true
  return (
    form === 'variable' && new RegExp(`(?:^|[\\s;&|(])${name}=["']?$`).test(run.slice(0, start))
  )
}

interface Meaning {
  /** What it names, in the words of its name or its description. */
  readonly subject: string
  readonly label: string | null
  /** Null where it says no more than the name and the label. */
  readonly description: string | null
}

/** `alert namespace label`, in the words of some who write runbooks. */
const alertLabel = /^(?:the\s+)?alert(?:'s)?\s+[`'"]?([A-Za-z_]\w*)[`'"]?\s+label$/i
/** `name of the node`, `namespace of the pod`. */
const plainly =
  /^(?:the\s+)?(?:name of (?:the|your|this) ([a-z]+)|(namespace) of (?:the|your|this) [a-z]+)$/i

function meaningOf({ name, form, label, description }: Placeholder): Meaning {
  if (label !== null || description === null) return { subject: name, label, description: null }
  const said = alertLabel.exec(description)?.[1]
  if (said !== undefined) return { subject: name, label: said, description: null }
  const [, thing, namespace] = plainly.exec(description) ?? []
  const word = thing ?? namespace
  // `NODE='<name of the node>'` says what the name says; `PRIMARY='<name of the pod>'` does not.
  if (word !== undefined && (form === 'angle' || usualName(word) === usualName(name))) {
    return { subject: word, label: null, description: null }
  }
  return { subject: name, label: null, description }
}

function idOf(
  { form, name, setBy }: Placeholder,
  { subject, label, description }: Meaning,
): string {
  if (label !== null) return label
  if (form === 'template') return '$value'
  if (setBy !== null) return `${name} of ${setBy}`
  return description === null || form === 'angle'
    ? usualName(subject)
    : `${normalName(subject)}: ${description}`
}

/**
 * The name by which an input is looked up among labels and the like; null: only its own text says
 * what it is, as that of `SERVICE='<the slow dependency>'` does.
 */
export function lookedUpAs({ id, label, setBy, description }: Input): string | null {
  if (id === '$value' || label !== null || setBy !== null) return null
  // `<start of the incident>` is its own name.
  return description === null || normalName(description) === id ? id : null
}
