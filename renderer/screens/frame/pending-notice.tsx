import { IconAlertCircle, IconHourglass } from '@tabler/icons-react'
import { useMemo } from 'react'
import { Banner } from '../../components/banner.tsx'
import { useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { isShownWaiting } from '../../engine/commands/waiting.ts'
import { plural } from '../../text/plural.ts'
import { PendingList } from '../../parts/pending/pending-list.tsx'

/**
 * What the engine rejected of what was given without it, until somebody has seen why; and what still
 * waits although it is there. While it is lost, its notice lists what waits.
 */
export function PendingNotice() {
  const kept = useOffline((state) => state.kept)
  const phase = useMirror(({ connection }) => connection.phase)
  const rejected = useMemo(() => kept.filter(({ state }) => state === 'rejected'), [kept])
  const waiting = useMemo(
    () => (phase === 'open' ? kept.filter((each) => isShownWaiting(each, phase)) : []),
    [kept, phase],
  )
  return (
    <>
      {rejected.length > 0 ? (
        <Banner
          tone="bad"
          icon={<IconAlertCircle size={18} />}
          title={`${plural(rejected.length, 'queued command')} refused`}
        >
          <PendingList label="Refused commands" commands={rejected} />
        </Banner>
      ) : null}
      {waiting.length > 0 ? (
        <Banner
          tone="warn"
          icon={<IconHourglass size={18} />}
          title={`Sending ${plural(waiting.length, 'queued command')}`}
        >
          <PendingList label="Queued commands" commands={waiting} />
        </Banner>
      ) : null}
    </>
  )
}
