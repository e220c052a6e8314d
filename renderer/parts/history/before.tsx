import { useState } from 'react'
import { lastEnded, type EarlierIncident } from '#shared/domain/history/earlier.ts'
import { Instant } from '../../components/instant.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { formatCount, plural } from '../../text/plural.ts'
import { accuracyWords, countWords, endWords, verdictWords } from './before-words.ts'
import { HowItEnded } from './how-it-ended.tsx'
import { Similar } from './similar.tsx'
import { useBefore, type BeforeAnswer } from './use-before.ts'
import styles from './before.module.css'

interface BeforeProps {
  readonly incidentId: string
}

/**
 * How often an incident's alerts have happened before, what ended the last one, what prevents them;
 * and earlier incidents of other alerts that are alike.
 */
export function Before({ incidentId }: BeforeProps) {
  const planId = useMirror(({ watch }) => watch?.responses.get(incidentId)?.planId ?? null)
  const state = useBefore(incidentId, planId)
  return (
    <>
      <section className={styles.box} aria-labelledby="before-title" aria-busy={state === null}>
        <PanelHeading id="before-title" title="Before" />
        {state === null ? (
          <p className={styles.soft}>Looking into history…</p>
        ) : state.kind === 'refused' ? (
          <p className={styles.soft}>
            {state.error.message} {state.error.hint}
          </p>
        ) : (
          <Known answer={state.answer} />
        )}
      </section>
      {state?.kind === 'known' ? <Similar similar={state.answer.before.similar} /> : null}
    </>
  )
}

function Known({ answer: { before, prevention, lag } }: { readonly answer: BeforeAnswer }) {
  const [isWhole, setWhole] = useState(false)
  const last = lastEnded(before.earlier)
  const others = before.earlier.filter((each) => each !== last)
  const isBehind = lag.read < lag.recorded
  const accuracy = accuracyWords(before.accuracy)
  return (
    <>
      <p className={styles.count}>
        {countWords(before) ?? (isBehind ? 'None found so far' : 'First time')}
      </p>
      {isBehind ? (
        <p className={styles.soft}>
          History is catching up: {formatCount(lag.read)} of {plural(lag.recorded, 'event')} read.
        </p>
      ) : null}
      {accuracy === null ? null : <p>{accuracy}</p>}
      {last ? <Earlier earlier={last} isLast /> : null}
      {others.length > 0 ? (
        <>
          <TextButton aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Collapse' : plural(others.length, 'earlier one')}
          </TextButton>
          {isWhole ? (
            <ul className={styles.list} aria-label="Earlier ones">
              {others.map((each) => (
                <li key={each.id}>
                  <Earlier earlier={each} />
                </li>
              ))}
            </ul>
          ) : null}
        </>
      ) : null}
      {prevention.length > 0 ? (
        <div>
          <p className={styles.soft}>What prevents it</p>
          <ul className={styles.prevention}>
            {prevention.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}

function Earlier({
  earlier,
  isLast = false,
}: {
  readonly earlier: EarlierIncident
  readonly isLast?: boolean
}) {
  const actions = useActions()
  const me = useMirror(({ status }) => readerOf(status))
  const { id, title, openedAt, verdict, isHere } = earlier
  const judged = verdict === null || verdict === 'real' ? null : verdictWords[verdict]
  return (
    <div className={styles.earlier}>
      <p>
        {isLast ? 'Last: ' : null}
        <TextButton aria-label={`Open the incident ${title}`} onClick={() => actions.showPast(id)}>
          <Instant at={openedAt} precision="minute" />
        </TextButton>
        , {endWords(earlier, me)}
        {isHere ? null : <span className={styles.soft}>, elsewhere</span>}
        {judged === null ? null : <strong>, {judged}</strong>}
      </p>
      <HowItEnded earlier={earlier} isWhole={isLast} />
    </div>
  )
}
