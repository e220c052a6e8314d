import { explainSuppression } from '#shared/domain/decision/explain.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { LabelList } from '../../components/label-list.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions } from '../../state/context.ts'
import { formatLabels } from '../../text/labels.ts'
import styles from './alert-details.module.css'

interface AlertDetailsProps {
  readonly alert: Alert
  readonly incidentId: string
}

/** All labels, annotations and links of one alert, and who sees it. */
export function AlertDetails({ alert, incidentId }: AlertDetailsProps) {
  const actions = useActions()
  const annotations = Object.entries(alert.annotations)
  const observations = Object.entries(alert.observations)
  return (
    <div role="row">
      <div role="cell" aria-colspan={5} className={styles.details}>
        <p className={styles.line}>
          Started <Instant at={alert.startsAt} precision="second" />
          <TextButton
            onClick={() => actions.open({ kind: 'why', incidentId, alertKey: alert.key })}
          >
            Why?
          </TextButton>
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
        {annotations.length === 0 ? null : (
          <section>
            <h3 className={styles.title}>Annotations</h3>
            <dl className={styles.annotations}>
              {annotations.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <OutsideText>{value}</OutsideText>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {observations.length === 0 ? null : (
          <section>
            <h3 className={styles.title}>Seen by</h3>
            <ul className={styles.observations}>
              {observations.map(([sourceId, { presence, generatorUrl, receivers }]) => (
                <li key={sourceId}>
                  {sourceId}
                  {presence === 'unknown' ? ' (cannot tell since its restart)' : ''}
                  {receivers.length > 0 ? `, for ${receivers.join(', ')}` : ''}
                  {generatorUrl === null ? null : (
                    <>
                      : <OutsideText>{generatorUrl}</OutsideText>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  )
}
