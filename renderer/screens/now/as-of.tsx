import type { Alert } from '#shared/domain/alert/schema.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { silentSources } from '../../engine/watch/silent-sources.ts'
import { AsOfSources } from '../../parts/sources/as-of-sources.tsx'

interface AsOfProps {
  readonly alerts: readonly Alert[]
}

/** How old what is shown of alerts is, when nobody who sees them is heard. */
export function AsOf({ alerts }: AsOfProps) {
  const sources = useMirror(({ watch }) => watch?.sources)
  return <AsOfSources silent={sources ? silentSources(alerts, sources) : []} />
}
