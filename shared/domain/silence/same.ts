import type { Matcher } from '../matcher/matcher.ts'
import { toPrintable } from '../text/printable.ts'
import { areSameMatchers } from './matchers.ts'
import type { Silence, WantedSilence } from './schema.ts'

/**
 * The silence that an earlier attempt made, the one that lasts longest; null when there is none. It
 * has the same matchers, author and comment: what was sent cannot be recognised by anything else,
 * since only the server gives it an id. One that begins later than was wanted is another one, such
 * as that for tonight's planned work.
 *
 * @param silences as they are listed, their texts made printable.
 */
export function findSame(
  silences: readonly Silence[],
  wanted: Pick<WantedSilence, 'matchers' | 'startsAt' | 'createdBy' | 'comment'>,
): Silence | null {
  const [author, comment] = [toPrintable(wanted.createdBy), toPrintable(wanted.comment)]
  const wantedMatchers = wanted.matchers.map(asListed)
  return silences
    .filter(
      (each) =>
        (each.state === 'active' || each.startsAt <= wanted.startsAt) &&
        each.createdBy === author &&
        each.comment === comment &&
        areSameMatchers(each.matchers, wantedMatchers),
    )
    .reduce<Silence | null>(
      (longest, each) => (longest && longest.endsAt >= each.endsAt ? longest : each),
      null,
    )
}

/** What was sent is listed in the spelling in which it is safe to show. */
function asListed({ name, operator, value }: Matcher): Matcher {
  return { name: toPrintable(name), operator, value: toPrintable(value) }
}
