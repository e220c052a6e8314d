import { IconClockExclamation } from '@tabler/icons-react'
import type { Source } from '#shared/domain/source/schema.ts'
import { Instant } from '../../components/instant.tsx'
import { useTicking } from '../../components/clock.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { formatAge } from '../../text/age.ts'
import { SourceAge } from './source-age.tsx'
import styles from './as-of-sources.module.css'

interface AsOfSourcesProps {
  /** The sources that what is shown is from and that are unreachable now. */
  readonly silent: readonly Source[]
}

/** How old what is shown is: when the engine is away, or sources are unreachable. */
export function AsOfSources({ silent }: AsOfSourcesProps) {
  const lastHeard = useMirror(({ connection }) =>
    connection.phase === 'lost' ? connection.lastHeard : null,
  )
  const age = useTicking(({ steady }) => (lastHeard ? formatAge(steady() - lastHeard.steady) : ''))
  // Joined, so that this renders again only when it changes and not with every pulse.
  const unheard = useMirror(({ pulses }) =>
    silent
      .filter(({ id }) => (pulses.get(id)?.value.ageMs ?? null) === null)
      .map(({ id }) => id)
      .join(' '),
  ).split(' ')
  if (lastHeard) {
    return (
      <span className={styles.warning}>
        <IconClockExclamation size={14} aria-hidden="true" />
        {/* That Deckwatch is away is said above everything. */}
        as of <Instant at={lastHeard.wall} precision="minute" /> ({age} ago)
      </span>
    )
  }
  if (silent.length === 0) return null
  const isUnknown = ({ id, lastAnswerAt }: Source) => unheard.includes(id) && lastAnswerAt === null
  const without = silent.filter(isUnknown)
  const known = silent.filter((source) => !isUnknown(source))
  const [first] = known
  return (
    <span className={styles.warning}>
      <IconClockExclamation size={14} aria-hidden="true" />
      {first ? (
        <span>
          as of{' '}
          {unheard.includes(first.id) && first.lastAnswerAt !== null ? (
            // Of before Deckwatch started.
            <Instant at={first.lastAnswerAt} precision="minute" />
          ) : (
            <>
              <SourceAge sourceId={first.id} /> ago
            </>
          )}
          {': '}
          {namesOf(known)} unreachable
        </span>
      ) : null}
      {without.length === 0 ? null : (
        <span>
          {first ? '; ' : ''}no data yet: {namesOf(without)} unreachable
        </span>
      )}
    </span>
  )
}

const namesOf = (sources: readonly Source[]) => sources.map(({ name }) => name).join(', ')
