import {
  arrange,
  practiceWords,
  sideFacts,
  type ArrangedLine,
  type HandoffOutcome,
} from '#shared/domain/handoff-document/arrange.ts'
import { wholeTime } from '#shared/domain/handoff/clock-words.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import type { HandoffLine } from '#shared/domain/handoff/schema.ts'
import { OutsideText } from '../../components/outside-text.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import styles from './handoff-paper.module.css'

interface HandoffPaperProps {
  readonly document: HandoffDocument
  /** What became of it; left out where its questions are shown elsewhere. */
  readonly outcome?: HandoffOutcome
  /** True where its incidents are those of this engine: their lines lead to them. */
  readonly isHere?: boolean
}

/** A handoff as the next person reads it. */
export function HandoffPaper({ document, outcome, isHere = false }: HandoffPaperProps) {
  const { period, zone, lines, questions, to, isPractice } = document
  const isOtherZone = zone !== Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <article className={styles.paper} aria-label="The handoff as it is read">
      {isPractice ? <p className={styles.practice}>{practiceWords}</p> : null}
      <p className={styles.period}>
        {wholeTime(period.from, zone)} to {wholeTime(period.to, zone)}
      </p>
      {isOtherZone ? <p className={styles.zone}>Times are those of {zone}.</p> : null}
      {arrange(lines).map(({ section, name, lines: heads, nothing }) => (
        <section key={section} className={styles.section}>
          <h3 className={styles.name}>
            {name}
            {heads.length === 0 ? null : <span className={styles.count}> {heads.length}</span>}
          </h3>
          {nothing === null ? (
            <ul className={styles.lines}>
              {heads.map((head) => (
                <PaperLine key={head.line.id} {...head} isHere={isHere} />
              ))}
            </ul>
          ) : (
            <p className={styles.nothing}>{nothing}</p>
          )}
        </section>
      ))}
      {outcome && questions.length > 0 ? (
        <section className={styles.section}>
          <h3 className={styles.name}>Questions for {to.name}</h3>
          <ul className={styles.lines}>
            {questions.map(({ id, text }) => {
              const answer = outcome.answers.find(({ questionId }) => questionId === id)?.answer
              return (
                <li key={id}>
                  <p>{text}</p>
                  {answer === undefined || answer === '' ? null : (
                    <p className={styles.answer}>
                      <OutsideText>{answer}</OutsideText>
                    </p>
                  )}
                </li>
              )
            })}
          </ul>
        </section>
      ) : null}
    </article>
  )
}

function PaperLine({ line, parts, isHere }: ArrangedLine & { readonly isHere: boolean }) {
  return (
    <li>
      <PaperText line={line} isHere={isHere} />
      {parts.length === 0 ? null : (
        <ul className={styles.parts}>
          {parts.map((part) => (
            <li key={part.id}>
              <PaperText line={part} isHere={false} />
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function PaperText({ line, isHere }: { readonly line: HandoffLine; readonly isHere: boolean }) {
  const actions = useActions()
  const { severity, text, incidentId } = line
  return (
    <>
      <p className={styles.text}>
        {severity === null ? null : (
          <>
            <SeverityMark severity={severity} tone="quiet" />{' '}
          </>
        )}
        <OutsideText>{text}</OutsideText>
        {isHere && incidentId !== null ? (
          <>
            {' '}
            <button
              type="button"
              className={styles.way}
              onClick={() => actions.showPast(incidentId)}
            >
              Open the incident
            </button>
          </>
        ) : null}
      </p>
      {sideFacts(line).map(({ name, value }) => (
        <p key={name} className={styles.side}>
          <span className={styles.label}>{name}</span> <OutsideText>{value}</OutsideText>
        </p>
      ))}
    </>
  )
}
