import { explainSuppression } from '#shared/domain/alert/explain.ts'
import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { AlertTexts } from '../../components/alert-texts.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { LabelList } from '../../components/label-list.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { hasSilences, refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { formatLabels } from '../../text/labels.ts'
import styles from './alert-details.module.css'

interface AlertDetailsProps {
  readonly alert: Alert
  readonly incidentId: string
}

/** All labels, annotations and links of one alert, and who sees it. */
export function AlertDetails({ alert, incidentId }: AlertDetailsProps) {
  const actions = useActions()
  const canSilence = useMirror(
    (state) => hasSilences(state) && refusalOf(state, 'silence.create') === null,
  )
  return (
    <div role="row">
      <div role="cell" aria-colspan={5} className={styles.details}>
        <p className={styles.line}>
          Started <Instant at={alert.startsAt} precision="second" />
          <TextButton
            aria-label="Decision log of this alert"
            onClick={() => actions.open({ kind: 'why', incidentId, alertKey: alert.key })}
          >
            Decision log
          </TextButton>
          {isActive(alert) && canSilence ? (
            <TextButton
              aria-label="Silence this alert"
              onClick={() =>
                actions.open({ kind: 'silence', target: { kind: 'alerts', keys: [alert.key] } })
              }
            >
              Silence…
            </TextButton>
          ) : null}
        </p>
        {alert.suppression.map((suppression) => (
          <p key={`${suppression.kind} ${suppression.id}`}>{explainSuppression(suppression)}</p>
        ))}
        <section>
          <h3 className={styles.title}>
            Labels
            <CopyButton text={formatLabels(alert.labels)} what="all labels" />
          </h3>
          <LabelList labels={alert.labels} />
        </section>
        <AlertTexts alert={alert} />
      </div>
    </div>
  )
}
