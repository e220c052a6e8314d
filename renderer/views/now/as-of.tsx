import { IconClockExclamation } from '@tabler/icons-react'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { Instant } from '../../components/instant.tsx'
import { useMirror, useTicking } from '../../state/context.ts'
import { silentSources } from '../../state/silent-sources.ts'
import { formatAge } from '../../text/age.ts'
import { SourceAge } from '../frame/source-age.tsx'
import styles from './as-of.module.css'

interface AsOfProps {
  readonly alerts: readonly Alert[]
}

/** How old what is shown is: when the engine is away, or nobody who sees these alerts is heard. */
export function AsOf({ alerts }: AsOfProps) {
  const sources = useMirror(({ watch }) => watch?.sources)
  const lastHeard = useMirror(({ connection }) =>
    connection.phase === 'lost' ? connection.lastHeard : null,
  )
  const age = useTicking(({ steady }) => (lastHeard ? formatAge(steady() - lastHeard.steady) : ''))
  if (lastHeard) {
    return (
      <span className={styles.warning}>
        <IconClockExclamation size={14} aria-hidden="true" />
        as of <Instant at={lastHeard.wall} precision="minute" /> ({age} ago): the engine does not
        answer
      </span>
    )
  }
  const [first, ...others] = sources ? silentSources(alerts, sources) : []
  if (!first) return null
  const names = [first, ...others].map(({ name }) => name).join(', ')
  return (
    <span className={styles.warning}>
      <IconClockExclamation size={14} aria-hidden="true" />
      as of <SourceAge sourceId={first.id} /> ago: {names} {others.length > 0 ? 'do' : 'does'} not
      answer
    </span>
  )
}
