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
  if (lastHeard) {
    return (
      <span className={styles.warning}>
        <IconClockExclamation size={14} aria-hidden="true" />
        {/* That Deckwatch is away is said above everything. */}
        as of <Instant at={lastHeard.wall} precision="minute" /> ({age} ago)
      </span>
    )
  }
  const [first] = silent
  if (!first) return null
  const names = silent.map(({ name }) => name).join(', ')
  return (
    <span className={styles.warning}>
      <IconClockExclamation size={14} aria-hidden="true" />
      as of <SourceAge sourceId={first.id} /> ago: {names} unreachable
    </span>
  )
}
