import type { Attendee, ReviewDocument } from './document.ts'

/** Somebody whose name is in a review, and what they did in the incident; empty for nothing special. */
export type NamedPerson = Attendee

/** Names of accounts that are nobody's, and words that mean something else in a review. */
const NO_NAMES: ReadonlySet<string> = new Set([
  ...['root', 'admin', 'administrator', 'user', 'ubuntu', 'debian', 'me', 'you', 'ops', 'oncall'],
  ...['on-call', 'deckwatch', 'nobody', 'somebody', 'team', 'engineer', 'the owner'],
])

const ORDINALS = ['', 'second ', 'third ', 'fourth ', 'fifth ', 'sixth ', 'seventh ', 'eighth ']

/**
 * A copy of a review in which every person's name is their role in the incident, or "an engineer":
 * the same person reads the same everywhere. Pure. A name is found in whatever case it is written;
 * of names of several words, also each of them alone, where it is spelled as a name.
 *
 * @param people whose names may be in it, beside those that it lists itself.
 */
export function withoutNames(
  document: ReviewDocument,
  people: readonly NamedPerson[],
): ReviewDocument {
  const replace = namesToRoles([...document.attendees, ...people, ...ownersOf(document)])
  const inEach = (texts: ReviewDocument['sections']): ReviewDocument['sections'] =>
    Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, replace(text)]))
  return {
    ...document,
    title: replace(document.title),
    sections: inEach(document.sections),
    citations: document.citations.map((each) => ({ ...each, text: replace(each.text) })),
    actions: document.actions.map((each) => ({
      ...each,
      text: replace(each.text),
      owner: each.owner === null ? null : replace(each.owner),
    })),
    // Who is who would be told by the list of who took part: only the roles are left of it.
    attendees: document.attendees.map(({ name }) => ({ name: replace(name), role: '' })),
  }
}

function ownersOf({ actions }: ReviewDocument): readonly NamedPerson[] {
  return actions.flatMap(({ owner }) => (owner === null ? [] : [{ name: owner, role: '' }]))
}

/** Makes what puts roles in the place of names in a text. */
export function namesToRoles(people: readonly NamedPerson[]): (text: string) => string {
  const roles = rolesOf(people)
  const spellings = [...roles].flatMap(([name, role]) =>
    spellingsOf(name).map((spelling) => ({ ...spelling, role })),
  )
  // The longest first: of `Ada Lovelace` nothing may be left.
  const ordered = spellings.toSorted((a, b) => b.text.length - a.text.length)
  const patterns = ordered.map(({ text, isAnyCase, role }) => ({
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}_])@?${escaped(text)}(?![\p{L}\p{N}_])`,
      isAnyCase ? 'giu' : 'gu',
    ),
    role,
  }))
  return (given) =>
    patterns.reduce(
      (text, { pattern, role }) =>
        text.replace(pattern, (_, offset: number) =>
          isSentenceStart(text, offset) ? `${role.charAt(0).toUpperCase()}${role.slice(1)}` : role,
        ),
      given,
    )
}

/** What each name is replaced by: the same person the same each time, two persons never the same. */
function rolesOf(people: readonly NamedPerson[]): ReadonlyMap<string, string> {
  const roles = new Map<string, string>()
  const taken = new Map<string, number>()
  // Whoever has a role comes first under their name.
  const ordered = people.toSorted((a, b) => Number(a.role === '') - Number(b.role === ''))
  for (const { name, role } of ordered) {
    const known = name.trim()
    if (known === '' || NO_NAMES.has(known.toLowerCase())) continue
    if ([...roles.keys()].some((each) => each.toLowerCase() === known.toLowerCase())) continue
    const [first = ''] = role.split(',')
    const noun = first.trim() === '' ? 'engineer' : first.trim().toLowerCase()
    const count = taken.get(noun) ?? 0
    taken.set(noun, count + 1)
    roles.set(known, roleWords(noun, count))
  }
  return roles
}

function roleWords(noun: string, count: number): string {
  const ordinal = ORDINALS[count] ?? `${String(count + 1)}th `
  if (noun === 'engineer' || noun === 'expert') {
    const article = count === 0 || ordinal.startsWith('eigh') ? 'an' : 'a'
    return `${article} ${ordinal}${noun}`
  }
  return `the ${ordinal}${noun}`
}

function spellingsOf(name: string): readonly { text: string; isAnyCase: boolean }[] {
  const parts = name.split(/\s+/).filter((part) => /^\p{Lu}\p{L}+/u.test(part))
  const isLong = name.length > 2
  return [
    { text: name, isAnyCase: isLong },
    // In small letters, a part of a name may be a word: `will`, `mark`.
    ...(parts.length > 1 ? parts.map((text) => ({ text, isAnyCase: false })) : []),
  ]
}

/** A text as a pattern that finds it word for word. */
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)

function isSentenceStart(text: string, offset: number): boolean {
  return /(?:^|[.!?]\s+|^\s*-\s+|\n\s*(?:-\s+)?)$/.test(text.slice(0, offset))
}
