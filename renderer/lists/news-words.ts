import { compareSeverity, severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import type { ListNews } from './steady-list.ts'
import { formatCount } from '../text/plural.ts'

/**
 * `12 new, worst P0 critical, 3 no longer match`: what a list that is held still does not show yet.
 *
 * @param goneText what so many entries do that leave the list, such as `no longer match`.
 */
export function describeNews<Item>(
  { added, gone, isMoved }: ListNews<Item>,
  severityOf: (item: Item) => Severity | null,
  goneText: (count: number) => string,
): string {
  const [worst] = added
    .map(severityOf)
    .filter((severity) => severity !== null)
    .sort(compareSeverity)
  const parts = [
    added.length > 0 ? `${formatCount(added.length)} new` : '',
    worst ? `worst ${worst} ${severityWord[worst]}` : '',
    gone > 0 ? `${formatCount(gone)} ${goneText(gone)}` : '',
    isMoved ? 'order changed' : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}
