import { IconAlertTriangle } from '@tabler/icons-react'
import { alertObject } from '#shared/domain/alert/object.ts'
import { alertTitle } from '#shared/domain/alert/schema.ts'
import { isSilenced, type SilencePreview } from '#shared/domain/silence/preview.ts'
import type { SilenceWarning } from '#shared/domain/silence/warnings.ts'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { describePreview, describeWarning } from './silence-words.ts'
import { plural } from '../../text/plural.ts'
import styles from './preview-list.module.css'

/** Alerts that are named; the rest are counted. */
const MAX_NAMED = 6

interface PreviewListProps {
  readonly preview: SilencePreview
  readonly warnings: readonly SilenceWarning[]
  /** Keys of the alerts that were selected. */
  readonly selected: ReadonlySet<string>
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** What a silence would hide, and what a person should know before they make it. */
export function PreviewList({ preview, warnings, selected, now }: PreviewListProps) {
  const { hidden } = preview
  // What nobody selected is what must not be overlooked.
  const inOrder = [
    ...hidden.filter(({ severity }) => severity === 'P0'),
    ...hidden.filter(({ key, severity }) => severity !== 'P0' && !selected.has(key)),
    ...hidden.filter(({ key, severity }) => severity !== 'P0' && selected.has(key)),
  ]
  const more = hidden.length - MAX_NAMED
  return (
    <section className={styles.box} aria-label="Preview">
      <p className={styles.sum} role="status">
        {describePreview(preview)}
      </p>
      {warnings.length > 0 ? (
        <ul className={styles.warnings} aria-label="Warnings">
          {warnings.map((warning) => (
            <li key={warning.code} className={styles.warning} data-code={warning.code}>
              <IconAlertTriangle size={15} aria-hidden="true" />
              <span>{describeWarning(warning, now)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {hidden.length > 0 ? (
        <ul className={styles.alerts} aria-label="Alerts that it hides">
          {inOrder.slice(0, MAX_NAMED).map((alert) => (
            <li key={alert.key} className={styles.alert} data-severity={alert.severity}>
              <SeverityShape severity={alert.severity} size={10} />
              <span className={styles.code}>{alert.severity}</span>
              <span className={styles.title}>
                {alertTitle(alert)}{' '}
                <span className={styles.object}>{alertObject(alert.labels) ?? ''}</span>
              </span>
              {selected.has(alert.key) ? null : <span className={styles.other}>not selected</span>}
              {isSilenced(alert) ? <span className={styles.already}>already silenced</span> : null}
            </li>
          ))}
          {more > 0 ? <li className={styles.more}>and {plural(more, 'more alert')}</li> : null}
        </ul>
      ) : null}
    </section>
  )
}
