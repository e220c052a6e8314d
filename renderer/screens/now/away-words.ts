import type { AwayDigest } from './away.ts'
import { plural } from '../../text/plural.ts'

/** One line of the digest: a count in words, and what it counts. */
export interface AwayLine {
  readonly kind: 'triggered' | 'fired-and-resolved' | 'resolved' | 'by-others' | 'gaps'
  readonly text: string
}

/** The digest in lines, what matters most first; what did not happen has no line. */
export function describeAway(digest: AwayDigest): readonly AwayLine[] {
  const { triggered, firedAndResolved, resolved, byOthers, gaps } = digest
  const least = digest.isAtLeast ? 'at least ' : ''
  const back = gaps.filter(({ until }) => until !== null).length
  const lost = gaps.length - back
  const sources = [
    back > 0 ? `${plural(back, 'source was', 'sources were')} unreachable and recovered` : '',
    lost > 0 ? `${plural(lost, 'source is', 'sources are')} unreachable` : '',
  ].filter((text) => text !== '')
  const lines: (AwayLine & { readonly count: number })[] = [
    {
      kind: 'triggered',
      count: triggered.length,
      text: plural(triggered.length, 'incident triggered', 'incidents triggered'),
    },
    {
      kind: 'fired-and-resolved',
      count: firedAndResolved.length,
      text: `${least}${plural(firedAndResolved.length, 'incident', 'incidents')} triggered and resolved by ${firedAndResolved.length === 1 ? 'itself' : 'themselves'}`,
    },
    {
      kind: 'resolved',
      count: resolved.length,
      text: `${least}${plural(resolved.length, 'earlier incident')} resolved by ${resolved.length === 1 ? 'itself' : 'themselves'}`,
    },
    {
      kind: 'by-others',
      count: byOthers.length,
      text: `${least}${plural(byOthers.length, 'incident')} acknowledged, resolved or closed by others`,
    },
    { kind: 'gaps', count: gaps.length, text: sources.join(', ') },
  ]
  return lines.filter(({ count }) => count > 0)
}
