import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { ExternalLink } from '../../components/external-link.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { runbookWayOf, type RunbookWay } from '../../parts/runbooks/runbook-way.ts'
import { useKnownRunbooks } from '../../parts/runbooks/use-known-runbooks.ts'
import { incidentLinks, keyLinksOf, type KeyLink } from '../../text/incident-links.ts'
import styles from './link-buttons.module.css'

const labels: Readonly<Record<KeyLink, string>> = { runbook: 'Runbook', dashboard: 'Dashboard' }

interface LinkButtonsProps {
  readonly incidentId: string
  readonly alerts: readonly Alert[]
  readonly plan: Plan | undefined
}

/** The runbook and the dashboard that the plan or the alerts name: a press or a key away. */
export function LinkButtons({ incidentId, alerts, plan }: LinkButtonsProps) {
  const way = runbookWayOf(
    alerts,
    plan,
    useKnownRunbooks((state) => state),
  )
  const links = keyLinksOf(incidentLinks(alerts, plan)).filter(({ name }) => name !== 'runbook')
  if (links.length === 0 && way === null) return null
  return (
    <span className={styles.links}>
      {way ? <RunbookButton way={way} incidentId={incidentId} /> : null}
      {links.map(({ name, href }) => (
        <LinkButton key={name} href={href} label={labels[name]} hint={keyOf(name)} />
      ))}
    </span>
  )
}

/** The runbook here, with its page beside it; or its page, with the offer to fetch it. */
function RunbookButton({
  way,
  incidentId,
}: {
  readonly way: RunbookWay
  readonly incidentId: string
}) {
  const actions = useActions()
  if (way.kind === 'here') {
    return (
      <>
        <ActionButton
          label={labels.runbook}
          hint={keyOf('runbook')}
          onPress={() => actions.showRunbook({ ...way.place, incidentId })}
        />
        {way.href === null ? null : (
          <span className={styles.beside}>
            <ExternalLink href={way.href}>in the browser</ExternalLink>
          </span>
        )}
      </>
    )
  }
  const { href, offer } = way
  return (
    <>
      <LinkButton href={href} label={labels.runbook} hint={keyOf('runbook')} />
      {offer ? (
        <span className={styles.beside}>
          <TextButton onClick={() => actions.showRunbook({ ...offer, incidentId })}>
            Read it here…
          </TextButton>
        </span>
      ) : null}
    </>
  )
}
