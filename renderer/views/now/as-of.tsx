import { IconClockExclamation } from '@tabler/icons-react'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { useMirror } from '../../state/context.ts'
import { silentSources } from '../../state/silent-sources.ts'
import styles from './as-of.module.css'
import { SourceAge } from '../frame/source-age.tsx'

interface AsOfProps {
  readonly alerts: readonly Alert[]
}

/** How old what is shown is, when nobody who sees these alerts can be heard. */
export function AsOf({ alerts }: AsOfProps) {
  const sources = useMirror(({ watch }) => watch?.sources)
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
