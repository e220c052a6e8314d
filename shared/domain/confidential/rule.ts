import type { Labels } from '../alert/schema.ts'
import { compileMatchers, type LabelPredicate } from '../matcher/matcher.ts'
import { z } from 'zod'
import { matcherText } from '../matcher/matcher-text.ts'
import { findPerson } from '../person/identity.ts'
import { OWNER_ID, type Person } from '../person/schema.ts'
import { MAX_NAMED_PEOPLE } from './schema.ts'

/** Most rules of a configuration. */
const MAX_RULES = 100

/** `confidential:` of deckwatch.yaml: whose incidents only the people named see. The first that matches counts. */
export const confidentialRulesSchema = z
  .array(
    z.strictObject({
      /** Conditions on the labels of an alert; one alert is enough. */
      match: matcherText,
      /** Who sees it besides the owner, by id or by name. */
      people: z.array(z.string().trim().min(1).max(100)).max(MAX_NAMED_PEOPLE),
    }),
  )
  .max(MAX_RULES)
  .default([])

/** A rule, ready to be tried. */
export interface ConfidentialRule {
  /** As the file has it. */
  readonly text: string
  readonly matches: LabelPredicate
  readonly people: readonly Person[]
}

/** Compiles the rules of a configuration. Who is none of the people is left out: that is found when it is read. */
export function confidentialRules(
  rules: z.output<typeof confidentialRulesSchema>,
  people: readonly Person[],
): readonly ConfidentialRule[] {
  return rules.map(({ match, people: names }) => ({
    text: match.text,
    matches: compileMatchers(match.matchers),
    people: names.flatMap((name) => {
      const found = findPerson(name, people)
      return found ? [{ id: found.id, name: found.name }] : []
    }),
  }))
}

/** The first rule that matches any of these label sets; null where none does. */
export function findConfidentialRule(
  rules: readonly ConfidentialRule[],
  alerts: readonly { readonly labels: Labels }[],
): ConfidentialRule | null {
  return rules.find(({ matches }) => alerts.some(({ labels }) => matches(labels))) ?? null
}

/** People whom a rule names and nobody knows: it would keep an incident from whom it is meant for. */
export function findUnknownPeople({
  confidential,
  people,
}: {
  readonly confidential: z.output<typeof confidentialRulesSchema>
  readonly people: readonly Person[]
}): readonly {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly choices: readonly string[]
}[] {
  const choices = people.map(({ id }) => id)
  return confidential.flatMap(({ people: names }, rule) =>
    names.flatMap((name, index) =>
      name === OWNER_ID || findPerson(name, people)
        ? []
        : [
            {
              path: ['confidential', rule, 'people', index],
              message: `${JSON.stringify(name)} is none of the people: add them, or name one of them by their id`,
              choices,
            },
          ],
    ),
  )
}
