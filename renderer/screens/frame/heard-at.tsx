import type { Moment } from '../../engine/bridge/engine-client.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { formatUtc, timeFormat } from '../../text/time.ts'

const local = timeFormat()

/** When Deckwatch was heard last, as the time of the day. */
export function HeardAt({ lastHeard: { wall } }: { readonly lastHeard: Moment }) {
  const { engineNow } = useCockpit()
  return (
    <time dateTime={new Date(wall).toISOString()} title={formatUtc(wall)}>
      {local.second(wall, engineNow())}
    </time>
  )
}
