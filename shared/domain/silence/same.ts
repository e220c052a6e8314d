import { areSameMatchers } from './matchers.ts'
import type { Silence, WantedSilence } from './schema.ts'

/**
 * The silence that an earlier attempt made, the one that lasts longest; null when there is none. It
 * has the same matchers, author and comment: what was sent cannot be recognised by anything else,
 * since only the server gives it an id.
 */
export function findSame(
  silences: readonly Silence[],
  wanted: Pick<WantedSilence, 'matchers' | 'createdBy' | 'comment'>,
): Silence | null {
  return silences
    .filter(
      ({ matchers, createdBy, comment }) =>
        createdBy === wanted.createdBy &&
        comment === wanted.comment &&
        areSameMatchers(matchers, wanted.matchers),
    )
    .reduce<Silence | null>(
      (longest, each) => (longest && longest.endsAt >= each.endsAt ? longest : each),
      null,
    )
}
