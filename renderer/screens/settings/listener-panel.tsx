import type { ListenerStatus, RefusalCounts } from '#shared/contract/operations/changes.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Fact } from '../../components/fact.tsx'
import { Instant } from '../../components/instant.tsx'
import { plural } from '../../text/plural.ts'
import screen from './settings.module.css'
import styles from './incoming.module.css'

const EXAMPLE = `listener:
  port: 8466
  # Needed where others than this machine reach it:
  # host: 0.0.0.0
  # secret: env:DECKWATCH_WEBHOOK_SECRET
`

const refusalWords: Readonly<Record<keyof RefusalCounts, string>> = {
  misdirected: 'wrong path or kind of content',
  unsigned: 'no valid signature',
  oversized: 'too large or too slow',
  tooMany: 'too many in a minute',
  notUnderstood: 'invalid content',
}

/** Where others tell Deckwatch what happens, and whether they do. */
export function ListenerPanel({ listener }: { readonly listener: ListenerStatus }) {
  const { isConfigured, isListening, problem, address } = listener
  return (
    <section className={screen.panel} aria-labelledby="listener">
      <h3 id="listener" className={screen.heading}>
        Webhook
      </h3>
      {isConfigured ? null : (
        <>
          <p className={screen.lead}>
            Off. Add this to deckwatch.yaml, and Deckwatch listens on this machine for changes,
            feedback and jobs:
          </p>
          <div className={screen.sample}>
            <pre>{EXAMPLE}</pre>
          </div>
        </>
      )}
      {problem === null ? null : (
        <p className={styles.bad}>
          {problem.message} {problem.hint}
        </p>
      )}
      {isConfigured ? (
        <dl className={styles.facts}>
          <Fact term="Status">
            <span className={isListening ? styles.good : styles.bad}>
              {isListening ? 'Listening' : 'Not listening'}
            </span>
          </Fact>
          {address === null ? null : (
            <Fact term="Address">
              <span className={styles.address}>
                <code>{address}</code>
                <CopyButton text={address} what="the address of the webhook" />
              </span>
            </Fact>
          )}
          <Fact term="Signature">
            {listener.isSigned
              ? 'Required: HMAC-SHA256 with the secret of the configuration'
              : 'None. Whoever knows the address can report; only this machine reaches it.'}
          </Fact>
          <Fact term="Received">
            <Received listener={listener} />
          </Fact>
          <Fact term="Refused">
            <Refused listener={listener} />
          </Fact>
        </dl>
      ) : null}
    </section>
  )
}

function Received({ listener: { taken, lastTakenAt } }: { readonly listener: ListenerStatus }) {
  if (lastTakenAt === null) return <>Nothing since Deckwatch started to listen</>
  return (
    <>
      {plural(taken, 'request')}, last <Instant at={lastTakenAt} precision="second" />
    </>
  )
}

function Refused({ listener: { refused, lastRefusedAt } }: { readonly listener: ListenerStatus }) {
  if (lastRefusedAt === null) return <>None</>
  const parts = (Object.keys(refusalWords) as (keyof RefusalCounts)[]).flatMap((reason) =>
    refused[reason] === 0 ? [] : [`${String(refused[reason])} ${refusalWords[reason]}`],
  )
  return (
    <span className={styles.warn}>
      {parts.join(', ')}; last <Instant at={lastRefusedAt} precision="second" />
    </span>
  )
}
