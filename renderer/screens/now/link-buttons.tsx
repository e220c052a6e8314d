import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { incidentLinks, keyLinksOf, type KeyLink } from '../../text/incident-links.ts'
import styles from './link-buttons.module.css'

const labels: Readonly<Record<KeyLink, string>> = { runbook: 'Runbook', dashboard: 'Dashboard' }

interface LinkButtonsProps {
  readonly alerts: readonly Alert[]
  readonly plan: Plan | undefined
}

/** The runbook and the dashboard that the plan or the alerts name: a press or a key away. */
export function LinkButtons({ alerts, plan }: LinkButtonsProps) {
  const links = keyLinksOf(incidentLinks(alerts, plan))
  if (links.length === 0) return null
  return (
    <span className={styles.links}>
      {links.map(({ name, href }) => (
        <LinkButton key={name} href={href} label={labels[name]} hint={keyOf(name)} />
      ))}
    </span>
  )
}
