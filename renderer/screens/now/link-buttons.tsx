import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { incidentLinks, keyLinksOf, type KeyLink } from '../../text/incident-links.ts'
import { runbookFile } from '../../text/playbook-place.ts'
import styles from './link-buttons.module.css'

const labels: Readonly<Record<KeyLink, string>> = { runbook: 'Runbook', dashboard: 'Dashboard' }

interface LinkButtonsProps {
  readonly alerts: readonly Alert[]
  readonly plan: Plan | undefined
}

/** The runbook and the dashboard that the plan or the alerts name: a press or a key away. */
export function LinkButtons({ alerts, plan }: LinkButtonsProps) {
  const links = keyLinksOf(incidentLinks(alerts, plan))
  const actions = useActions()
  const file = runbookFile(plan?.runbook)
  // A file of the plan comes before an address of the alerts, by its key as well.
  const shown = file === null ? links : links.filter(({ name }) => name !== 'runbook')
  if (shown.length === 0 && file === null) return null
  return (
    <span className={styles.links}>
      {file === null ? null : (
        <ActionButton
          label={labels.runbook}
          hint={keyOf('runbook')}
          onPress={() => actions.open({ kind: 'runbook', file })}
        />
      )}
      {shown.map(({ name, href }) => (
        <LinkButton key={name} href={href} label={labels[name]} hint={keyOf(name)} />
      ))}
    </span>
  )
}
