import type { Alert } from '#shared/domain/alert/schema.ts'
import { OutsideText } from './outside-text.tsx'
import styles from './alert-texts.module.css'

interface AlertTextsProps {
  readonly alert: Pick<Alert, 'annotations' | 'observations'>
}

/** What an alert's rule says of it, and which sources see it. */
export function AlertTexts({ alert }: AlertTextsProps) {
  const annotations = Object.entries(alert.annotations)
  const observations = Object.entries(alert.observations)
  return (
    <>
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
          <h3 className={styles.title}>Source</h3>
          <ul className={styles.observations}>
            {observations.map(([sourceId, { presence, generatorUrl, receivers }]) => (
              <li key={sourceId}>
                {sourceId}
                {presence === 'unknown' ? ' (restarted; not reported again yet)' : ''}
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
    </>
  )
}
