import { IconHeartbeat } from '@tabler/icons-react'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { SmallButton } from '../../components/small-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { heartbeatOffers } from '../../engine/watch/heartbeat-offers.ts'
import styles from './heartbeat-offer.module.css'

interface HeartbeatOfferProps {
  readonly alerts: readonly Alert[]
}

/** Says of an alert that is made to fire always what it is good for, and offers to use it so. */
export function HeartbeatOffer({ alerts }: HeartbeatOfferProps) {
  const actions = useActions()
  const sources = useMirror(({ watch }) => watch?.sources)
  const mayConfigure = useMirror(({ status }) => rightRefusal(status, 'settings.write') === null)
  const offers = sources && mayConfigure ? heartbeatOffers(alerts, sources) : []
  if (offers.length === 0) return null
  return (
    <div className={styles.offer}>
      <IconHeartbeat size={17} aria-hidden="true" />
      <p className={styles.text}>
        This alert is made to fire always. Used as a heartbeat it leaves the queue, and Deckwatch
        alerts when it goes missing.
      </p>
      {offers.map((offer) => (
        <SmallButton key={offer.source} onClick={() => actions.useAsHeartbeat(offer)}>
          Use as heartbeat{offers.length > 1 ? ` of ${offer.source}` : ''}…
        </SmallButton>
      ))}
    </div>
  )
}
