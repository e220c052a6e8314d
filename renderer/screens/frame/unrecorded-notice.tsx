import { IconDatabaseX } from '@tabler/icons-react'
import { useState } from 'react'
import { countUnrecorded, type Unrecorded } from '#shared/domain/unrecorded/schema.ts'
import { unrecordedMeaning, unrecordedTitle } from '#shared/domain/unrecorded/words.ts'
import { Age } from '../../components/age.tsx'
import { Banner } from '../../components/banner.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { contrastLabels, distinguishingLabels } from '../../text/labels.ts'
import { plural } from '../../text/plural.ts'
import styles from './unrecorded-notice.module.css'

/** Alerts that are listed before one asks for more, and labels that are shown of each. */
const SHOWN = 3
const SHOWN_LABELS = 3

/** Alerts that the journal refused, which are on no other list: what fires, since when, and why. */
export function UnrecordedNotice() {
  const unrecorded = useMirror(({ status }) => status?.unrecorded)
  return unrecorded ? <Notice unrecorded={unrecorded} /> : null
}

function Notice({ unrecorded }: { readonly unrecorded: Unrecorded }) {
  const [isOpen, setOpen] = useState(false)
  const { alerts, message, hint } = unrecorded
  const shown = isOpen ? alerts : alerts.slice(0, SHOWN)
  const rest = countUnrecorded(unrecorded) - shown.length
  const canOpen = isOpen || alerts.length > SHOWN
  return (
    <Banner
      tone="bad"
      icon={<IconDatabaseX size={18} />}
      title={unrecordedTitle(unrecorded)}
      actions={
        canOpen ? (
          <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Show fewer' : 'Show all'}
          </TextButton>
        ) : null
      }
    >
      <p>
        {unrecordedMeaning(unrecorded)} {message} {hint}
      </p>
      <AlertList alerts={shown} of={alerts} />
      {rest > 0 ? <p>and {plural(rest, 'more', 'more')}</p> : null}
    </Banner>
  )
}

interface AlertListProps {
  readonly alerts: Unrecorded['alerts']
  /** All that are known, by which those that are shown differ. */
  readonly of: Unrecorded['alerts']
}

function AlertList({ alerts, of }: AlertListProps) {
  const contrast = contrastLabels(of, {})
  return (
    // The keyboard must reach the end of a long one.
    <ul className={styles.list} aria-label="Alerts that are not recorded" tabIndex={0}>
      {alerts.map((alert) => {
        const { severity, title, labels, source, since } = alert
        const differing = distinguishingLabels(alert, contrast).slice(0, SHOWN_LABELS)
        return (
          <li key={JSON.stringify(labels)} className={styles.alert}>
            <SeverityMark severity={severity} tone="loud" />
            <span className={styles.title} title={title}>
              {title}
            </span>
            <span className={styles.labels}>
              {differing.map(([name, value]) => `${name}=${value}`).join('  ')}
            </span>
            <span className={styles.source}>{source}</span>
            <Age since={since} />
          </li>
        )
      })}
    </ul>
  )
}
