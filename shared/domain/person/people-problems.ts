import { findPerson } from './identity.ts'
import { OWNER_ID, type Person } from './schema.ts'

/** Something that a configuration says of people and that cannot be. */
export interface PeopleProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
  /** What could have been meant instead of what is there. */
  readonly choices?: readonly string[]
}

/** Finds what would leave open who somebody is. */
export function findPeopleProblems({
  me,
  people,
}: {
  readonly me?: string | undefined
  readonly people: readonly Person[]
}): readonly PeopleProblem[] {
  const problems: PeopleProblem[] = []
  people.forEach((person, index) => {
    const before = people.slice(0, index)
    const at = (key: keyof Person) => ['people', index, key]
    if (before.some(({ id }) => id === person.id)) {
      problems.push({
        path: at('id'),
        message: `${JSON.stringify(person.id)} is the id of another person already`,
      })
    }
    const other = findPerson(person.name, before)
    if (other && other.id !== person.id) {
      problems.push({
        path: at('name'),
        message: `${JSON.stringify(person.name)} is ${other.id} already: give everybody a name of their own`,
      })
    }
  })
  if (people.length === 0) return problems
  const owner = findPerson(me ?? OWNER_ID, people)
  if (me !== undefined && !owner) {
    problems.push({
      path: ['me'],
      message: `${JSON.stringify(me)} is none of the people: add them, or name one of them by their id`,
      choices: people.flatMap(({ id, name }) => [id, name]),
    })
  }
  // Otherwise what the owner did before would be somebody else's.
  people.forEach(({ id }, index) => {
    if (id !== OWNER_ID || !owner || owner.id === OWNER_ID) return
    problems.push({
      path: ['people', index, 'id'],
      message: `the id "${OWNER_ID}" is the owner's, who is ${owner.id} here: choose another one`,
    })
  })
  return problems
}
