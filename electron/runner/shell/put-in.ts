import type { Code, Placeholder } from '#shared/domain/runbook/schema.ts'
import { placeholderKey } from '#shared/domain/runbook/values.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Refusal } from './refusal.ts'
import type { ShellParse, ShellParser } from './parse.ts'
import { findNodes, placeOf, type Place } from './place.ts'
import { quoteCarriers, wholeCarriers } from './carrying-variables.ts'
import { sameShape } from './same-shape.ts'

/** A variable of the environment that stands for a placeholder. */
export interface Reference {
  /** The first one that it stands for. */
  readonly placeholder: Placeholder
  readonly variable: string
  /** It stands in a web address at least once. */
  readonly isInUrl: boolean
  /** How the script uses it: `"${DECKWATCH_V1}"`, or without the quotes where some are around it. */
  readonly uses: readonly string[]
}

/** A command whose placeholders are references to its environment. */
export interface PutIn {
  readonly script: string
  readonly references: readonly Reference[]
  /** Variables of the text that are exactly one of these references, and nothing else ever. */
  readonly carriers: readonly string[]
}

/** No text of a runbook may use names that start like this. */
const PREFIX = 'DECKWATCH_V'

/** Marks a placeholder in the text that is parsed: a word that every part of a shell leaves alone. */
interface Mark {
  readonly placeholder: Placeholder
  readonly marker: string
  readonly variable: string
}

/**
 * Puts references in the place of all placeholders, or says why one of them stands where its value
 * could become more than one argument. What comes out is parsed again and compared.
 */
export function putIn(
  { run, placeholders }: Pick<Code, 'run' | 'placeholders'>,
  parser: ShellParser,
): Result<PutIn, Refusal> {
  const refuse = (reason: string, placeholder: Placeholder | null = null) =>
    fail({ reason, placeholder })
  if (run.includes(PREFIX))
    return refuse(`The command uses a name that begins with ${PREFIX}, which is Deckwatch's own.`)
  const odd = placeholders.find((placeholder) => writtenOddly(placeholder, run) !== null)
  if (odd) return refuse(writtenOddly(odd, run) ?? '', odd)
  const marks = marksOf(run, placeholders)
  const marked = replaced(
    run,
    marks.map((mark) => ({ ...mark.placeholder, by: mark.marker })),
  )
  const first = parser(marked)
  if (!first.ok) return refuse(first.error.message)
  const places = placesOf(first.value, marks)
  for (const [index, place] of places.entries()) {
    if (place.kind === 'refused') return refuse(place.reason, marks[index]?.placeholder)
  }
  // Author's quotes go first, so that what is compared at the end differs in nothing else.
  const bare = replaced(
    marked,
    places.flatMap((place, index) =>
      place.kind === 'own-quotes' ? [{ ...place, by: marks[index]?.marker ?? '' }] : [],
    ),
  )
  const carrying = quoteCarriers(
    bare,
    parser,
    places.flatMap((place) =>
      'assigns' in place && place.assigns !== null ? [place.assigns] : [],
    ),
  )
  if (!carrying.ok) return refuse(carrying.error)
  const before = parser(carrying.value)
  if (!before.ok) return refuse(before.error.message)
  let script = carrying.value
  const uses = marks.map(({ variable }, index) =>
    places[index]?.kind === 'quoted' ? `\${${variable}}` : `"\${${variable}}"`,
  )
  for (const [index, { marker, placeholder }] of marks.entries()) {
    const isComment = places[index]?.kind === 'comment'
    script = script.replace(marker, () =>
      isComment ? run.slice(placeholder.start, placeholder.end) : (uses[index] ?? ''),
    )
  }
  const after = parser(script)
  if (!after.ok) return refuse(after.error.message)
  const markers = new Map(marks.map(({ marker, variable }) => [marker, variable]))
  if (!sameShape(before.value, after.value, markers)) {
    return refuse('The command means something else with values put in.')
  }
  return ok({
    script,
    references: referencesOf(marks, places, uses),
    carriers: wholeCarriers(after.value, new Set(markers.values())),
  })
}

function marksOf(run: string, placeholders: readonly Placeholder[]): readonly Mark[] {
  let base = 'dwplace'
  while (run.includes(base)) base += 'x'
  const variables = new Map<string, string>()
  return placeholders.map((placeholder, index) => {
    const key = JSON.stringify([placeholderKey(placeholder), placeholder.expression])
    const variable = variables.get(key) ?? `${PREFIX}${variables.size + 1}`
    variables.set(key, variable)
    return { placeholder, marker: `${base}${index}z`, variable }
  })
}

function writtenOddly(
  { form, name, start, end, expression }: Placeholder,
  run: string,
): string | null {
  const written = run.slice(start, end)
  if (form === 'variable') {
    const rest = written.startsWith('${') ? written.slice(2 + name.length, -1) : ''
    return rest === '' || /^:?[-?]/.test(rest)
      ? null
      : `The shell makes something else of ${name} here (${written}).`
  }
  if (form === 'template' && expression !== null) return `Deckwatch does not work out ${written}.`
  return null
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly by: string
}

function replaced(text: string, edits: readonly Edit[]): string {
  let result = ''
  let from = 0
  for (const { start, end, by } of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(from, start) + by
    from = end
  }
  return result + text.slice(from)
}

function placesOf({ root, text, functions }: ShellParse, marks: readonly Mark[]): readonly Place[] {
  const leaves = findNodes(
    root,
    ({ type }) => type === 'Lit' || type === 'SglQuoted' || type === 'Comment',
  )
  return marks.map(({ marker, placeholder }): Place => {
    const holding = leaves.filter(({ node }) => node.value.includes(marker))
    const [found] = holding
    if (!found || holding.length !== 1 || text.split(marker).length !== 2) {
      return { kind: 'refused', reason: 'It is a name for the shell.' }
    }
    return placeOf(found, marker, text, { isVariable: placeholder.form === 'variable', functions })
  })
}

function referencesOf(
  marks: readonly Mark[],
  places: readonly Place[],
  uses: readonly string[],
): readonly Reference[] {
  const found = new Map<string, Reference>()
  for (const [index, { variable, placeholder }] of marks.entries()) {
    const place = places[index]
    if (!place || place.kind === 'comment' || place.kind === 'refused') continue
    const earlier = found.get(variable)
    found.set(variable, {
      placeholder: earlier?.placeholder ?? placeholder,
      variable,
      isInUrl: place.isInUrl || (earlier?.isInUrl ?? false),
      // The one with quotes holds the other one: it is looked for first.
      uses: [...new Set([...(earlier?.uses ?? []), uses[index] ?? ''])].toSorted(
        (a, b) => b.length - a.length,
      ),
    })
  }
  return [...found.values()]
}
