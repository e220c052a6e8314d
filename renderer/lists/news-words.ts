import { compareSeverity, severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import type { ListNews } from './steady-list.ts'
import { formatCount } from '../text/plural.ts'

/** `12 new, the worst P0 critical, 3 gone`: what a list that is held still does not show yet. */
export function describeNews<Item>(
  { added, gone, isMoved }: ListNews<Item>,
  severityOf: (item: Item) => Severity | null,
): string {
  const [worst] = added
    .map(severityOf)
    .filter((severity) => severity !== null)
    .sort(compareSeverity)
  const parts = [
    added.length > 0 ? `${formatCount(added.length)} new` : '',
    worst ? `worst ${worst} ${severityWord[worst]}` : '',
    gone > 0 ? `${formatCount(gone)} gone` : '',
    isMoved ? 'order changed' : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}
