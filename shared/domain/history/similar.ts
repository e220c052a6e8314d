import { z } from 'zod'
import { wordsIn } from '../text/words.ts'
import { earlierIncidentSchema } from './earlier.ts'

/** Most incidents that are shown as alike. */
export const MAX_SIMILAR = 3
/** Fewer incidents than this are counted as so many: of three, one with a word does not make it common. */
const FEW = 100
/** What two incidents must have in common at least, see {@link likeness}. */
const ALIKE = 3
/** Words that count at most: a long title is not more alike than a short one. */
const MAX_WORDS = 4
/** Shorter words say nothing. */
const SHORTEST_WORD = 3

/** What an incident is compared by: a value of one of its labels, or a word of its title. */
export type Trait =
  | { readonly kind: 'label'; readonly name: string; readonly value: string }
  /** `shown` is how it stands in the title; `word` is what it is compared by. */
  | { readonly kind: 'word'; readonly word: string; readonly shown: string }

/** Why an incident is alike, in what both have. */
export const likenessWhySchema = z.object({
  labels: z.array(z.object({ name: z.string(), value: z.string() })),
  /** As they stand in the title of the one that is compared. */
  words: z.array(z.string()),
})
export type LikenessWhy = Readonly<z.infer<typeof likenessWhySchema>>

/** An earlier incident of other alerts that is alike, and why. */
export const similarIncidentSchema = earlierIncidentSchema.extend({ why: likenessWhySchema })
export type SimilarIncident = Readonly<z.infer<typeof similarIncidentSchema>>

/** Labels that say what it is about weigh most, then those that say whose or where in it. */
const about =
  /^(?:service|app|application|job|component|deployment|statefulset|daemonset|database|queue|topic)(?:_?name)?$/
const inside =
  /^(?:namespace|team|owner|instance|host|node|device|mountpoint|volume|persistentvolumeclaim)$/
/** These say nothing about what went wrong; equal names of alerts are counted elsewhere. */
const silent = /^(?:alertname|severity|priority|prometheus|monitor|receiver|__.*)$/

/** Words that titles are full of. */
const common = new Set(
  `the and for with from that this not are was has have been over than too more less its per
  alert alerts incident firing error errors high low critical warning problem issue last minutes
  minute hours hour seconds`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/**
 * What an incident is compared by. A word of the title that a label says too counts once, as the label.
 *
 * @param labels the labels that its alerts share.
 */
export function traitsOf(
  title: string,
  labels: readonly { readonly name: string; readonly value: string }[],
): readonly Trait[] {
  const own = labels.filter(({ name, value }) => value !== '' && !silent.test(name))
  const said = new Set(own.flatMap(({ value }) => wordsIn(value)))
  const words = new Map<string, Trait>()
  for (const shown of title.match(/\p{L}[\p{L}\p{N}\p{M}]*/gu) ?? []) {
    const [whole = ''] = wordsIn(shown)
    const word = stem(whole)
    const isSaying = word.length >= SHORTEST_WORD && !common.has(whole) && !said.has(whole)
    if (isSaying && !words.has(word)) words.set(word, { kind: 'word', word, shown })
  }
  return [
    ...own.map(({ name, value }) => ({ kind: 'label' as const, name, value })),
    ...words.values(),
  ]
}

/** The same for the same trait. */
export function traitKey(trait: Trait): string {
  return trait.kind === 'label'
    ? `label ${JSON.stringify([trait.name, trait.value])}`
    : `word ${trait.word}`
}

/** How many incidents there are, and how many of them have a trait, by {@link traitKey}. */
export interface TraitCounts {
  readonly total: number
  readonly with: ReadonlyMap<string, number>
}

/**
 * How much a trait says: 1 where one in a hundred incidents has it or fewer, less the more have it, 0
 * where all have.
 */
function rarity(trait: Trait, counts: TraitCounts): number {
  const share = (counts.with.get(traitKey(trait)) ?? 1) / Math.max(counts.total, FEW)
  return Math.max(0, Math.min(1, -Math.log10(Math.min(1, share)) / 2))
}

function weight(trait: Trait): number {
  if (trait.kind === 'word') return 1
  return about.test(trait.name) ? 3 : inside.test(trait.name) ? 2 : 1
}

/** How alike an incident is, and why. */
export interface Likeness {
  readonly score: number
  readonly why: LikenessWhy
}

/**
 * How alike two incidents are: the sum over what both have, each by its weight (3 for what it is
 * about, such as the service; 2 for where in it; 1 for any other label, and for each word of the
 * title) times how rare it is. At least 3 is alike, and one label alone never is: that the same
 * service had something else is no likeness.
 *
 * @returns null where they are not alike.
 */
export function likeness(
  own: readonly Trait[],
  other: readonly Trait[],
  counts: TraitCounts,
): Likeness | null {
  const theirs = new Set(other.map(traitKey))
  const both = own.filter((trait) => theirs.has(traitKey(trait)))
  const scored = both
    .map((trait) => ({ trait, score: weight(trait) * rarity(trait, counts) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
  const labels = scored.flatMap(({ trait, score }) =>
    trait.kind === 'label' ? [{ name: trait.name, value: trait.value, score }] : [],
  )
  const words = scored
    .flatMap(({ trait, score }) => (trait.kind === 'word' ? [{ shown: trait.shown, score }] : []))
    .slice(0, MAX_WORDS)
  const score = [...labels, ...words].reduce((sum, each) => sum + each.score, 0)
  if (score < ALIKE || labels.length + words.length < 2) return null
  return {
    score,
    why: {
      labels: labels.map(({ name, value }) => ({ name, value })),
      words: words.map(({ shown }) => shown),
    },
  }
}

/** A candidate, newest last where two are equally alike. */
export interface Candidate {
  /** The number of the event that opened it. */
  readonly seq: number
  readonly traits: readonly Trait[]
}

/** Those that are alike, the most alike first, of equals the newest first. */
export function mostAlike<Of extends Candidate>(
  own: readonly Trait[],
  candidates: readonly Of[],
  counts: TraitCounts,
): readonly { readonly candidate: Of; readonly why: LikenessWhy }[] {
  return candidates
    .flatMap((candidate) => {
      const found = likeness(own, candidate.traits, counts)
      return found ? [{ candidate, ...found }] : []
    })
    .toSorted((a, b) => b.score - a.score || b.candidate.seq - a.candidate.seq)
    .map(({ candidate, why }) => ({ candidate, why }))
}

/** `failing`, `failed` and `fails` as `fail`: good enough to compare titles by. */
function stem(word: string): string {
  const cut = word.replace(/(?:ing|ed|es|s)$/, '')
  return cut.length >= 4 ? cut : word
}
