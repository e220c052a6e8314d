import { useEffect, useRef, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { acceptanceText } from '#shared/domain/handoff-document/travel.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { MAX_ANSWER, type Answer, type Handoff } from '#shared/domain/handoff/schema.ts'
import type { PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { Age } from '../../components/age.tsx'
import { Instant } from '../../components/instant.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { useActions, useMirror, useOffline, useUi } from '../../engine/cockpit/context.ts'
import { EmptyList } from '../../lists/empty-list.tsx'
import { saveFile } from '../../parts/take-along/save-file.ts'
import { HandoffPaper } from './handoff-paper.tsx'
import { answerDraft, useHandoffModel } from './handoff-model.ts'
import { SavedLine } from './saved-line.tsx'
import { handoffFileName, TakeAway } from './take-away.tsx'
import { useHandoffText } from './use-handoff-text.ts'
import { useIsMe } from './use-is-me.ts'
import styles from './open-handoff.module.css'

/** One handoff: as it is read, with what became of it, and what can be done with it. */
export function OpenHandoff({ handoffId }: { readonly handoffId: string }) {
  const { found, problem } = useHandoffText(handoffId)
  const live = useMirror(({ watch }) => watch?.handoffs.get(handoffId))
  if (!found) {
    return (
      <EmptyList title={problem?.message ?? 'Loading the handoff…'}>
        {problem?.hint === undefined ? null : <p>{problem.hint}</p>}
      </EmptyList>
    )
  }
  return <Opened {...found} handoff={live ?? found.past.handoff} />
}

interface OpenedProps {
  readonly past: PastHandoff
  readonly document: HandoffDocument
  readonly handoff: Handoff
}

function Opened({ past, document, handoff }: OpenedProps) {
  const isMe = useIsMe()
  const heading = useRef<HTMLHeadingElement>(null)
  const { from, to, way, accepted } = handoff
  const isMineToAccept =
    !accepted && !past.withdrawn && (way === 'from-file' || (way === 'here' && isMe(to.id)))
  useSeen(handoff, isMineToAccept && way === 'here')
  useEffect(() => heading.current?.focus(), [])
  const outcome = { answers: handoff.answers, accepted }
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {from.name} to {to.name}
        </h2>
        <Standing past={past} handoff={handoff} />
        {accepted || past.withdrawn ? null : <SavedLine handoffId={handoff.handoffId} />}
        <div className={styles.tools}>
          <TakeAway
            document={document}
            outcome={outcome}
            canTravel={way === 'to-file' && !past.withdrawn}
          />
          {!accepted && !past.withdrawn && (isMe(from.id) || way === 'from-file') ? (
            <Withdraw document={document} handoff={handoff} />
          ) : null}
        </div>
      </header>
      <div className={styles.columns}>
        <HandoffPaper
          document={document}
          isHere={way !== 'from-file'}
          {...(isMineToAccept ? {} : { outcome })}
        />
        {isMineToAccept ? <Accept document={document} handoff={handoff} /> : null}
        {accepted && way === 'from-file' ? (
          <AcceptanceBack document={document} handoff={handoff} />
        ) : null}
      </div>
    </div>
  )
}

function Standing({ past, handoff }: Pick<OpenedProps, 'past' | 'handoff'>) {
  const { to, sentAt, openedAt, accepted, way, hash } = handoff
  const short = hash.slice(0, 12)
  if (past.withdrawn) {
    return (
      <p className={styles.state}>
        Withdrawn <Instant at={past.withdrawn.at} precision="minute" />
        {past.withdrawn.reason === null ? '' : `: ${past.withdrawn.reason}`}
      </p>
    )
  }
  if (accepted) {
    return (
      <p className={styles.state} data-is="accepted">
        Accepted by {accepted.by.name} <Instant at={accepted.at} precision="minute" />, text{' '}
        <code>{short}</code>
        {way === 'to-file' && accepted.by.name !== to.name ? `. You gave it to ${to.name}.` : null}
      </p>
    )
  }
  return (
    <p className={styles.state} data-is="waiting" role="status">
      {way === 'from-file' ? 'Imported' : way === 'to-file' ? 'Given as a file' : 'Sent'}{' '}
      <Instant at={sentAt} precision="minute" />, not accepted yet (<Age since={sentAt} />)
      {openedAt === null ? null : (
        <>
          , {to.name} opened it <Instant at={openedAt} precision="minute" />
        </>
      )}
      . Text <code>{short}</code>
    </p>
  )
}

/** Tells the engine, once, that whoever it is for looks at it. */
function useSeen({ handoffId, openedAt }: Handoff, isForMe: boolean): void {
  const actions = useActions()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const mayAct = useMirror(({ status }) => rightRefusal(status, 'handoff.open') === null)
  const isNews = isForMe && isOpen && mayAct && openedAt === null
  useEffect(() => {
    if (isNews) void actions.handoffCommand('handoff.open', { handoffId })
  }, [actions, handoffId, isNews])
}

function Withdraw({ document, handoff }: Pick<OpenedProps, 'document' | 'handoff'>) {
  const actions = useActions()
  const model = useHandoffModel()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<ContractError | null>(null)
  const { handoffId, way } = handoff
  const label = way === 'from-file' ? 'Put it away' : 'Withdraw'
  if (!isAsking) {
    return <SmallButton onClick={() => setAsking(true)}>{label}…</SmallButton>
  }
  return (
    <span className={styles.ask} role="group" aria-label={label}>
      <span>
        {way === 'from-file'
          ? 'Put it away without accepting it?'
          : `Withdraw it? ${handoff.to.name} can no longer accept it.`}
      </span>
      <SmallButton
        disabled={!isOpen}
        onClick={() => {
          void actions
            .handoffCommand('handoff.withdraw', { handoffId, reason: null })
            .then((result) => {
              if (!result.ok) setProblem(result.error)
              else if (way === 'from-file') model.show({ kind: 'draft' })
              else model.takeBack(document)
            })
        }}
      >
        {label}
      </SmallButton>
      <SmallButton onClick={() => setAsking(false)}>Keep it</SmallButton>
      {problem === null ? null : <span role="alert">{describeRefusal(problem)}</span>}
    </span>
  )
}

/** An answer to each question, and the word that the shift is taken over. */
function Accept({ document, handoff }: Pick<OpenedProps, 'document' | 'handoff'>) {
  const actions = useActions()
  const { handoffId, hash, from, isPractice } = handoff
  const status = useMirror((mirror) => mirror.status)
  const drafts = useUi((ui) => ui.drafts)
  const kept = useOffline((state) =>
    state.kept.find(
      ({ name, input }) =>
        name === 'handoff.accept' && 'handoffId' in input && input.handoffId === handoffId,
    ),
  )
  const [problem, setProblem] = useState<ContractError | null>(null)
  const answerOf = (questionId: string) =>
    drafts.get(answerDraft(handoffId, questionId)) ??
    handoff.answers.find((each) => each.questionId === questionId)?.answer ??
    ''
  const answers: readonly Answer[] = document.questions.map(({ id }) => ({
    questionId: id,
    answer: answerOf(id).trim(),
  }))
  const open = answers.filter(({ answer }) => answer === '').length
  const refusal = rightRefusal(status, 'handoff.accept') ?? (kept ? 'Already queued.' : null)
  const accept = () => {
    void actions
      .acceptHandoff(
        { handoffId, hash, answers: answers.filter(({ answer }) => answer !== '') },
        from.name,
      )
      .then((given) => {
        setProblem(given.kind === 'answered' && !given.result.ok ? given.result.error : null)
        if (given.kind === 'answered' && given.result.ok) {
          for (const { id } of document.questions) actions.setDraft(answerDraft(handoffId, id), '')
        }
      })
  }
  return (
    <section className={styles.accept} aria-labelledby="handoff-accept">
      <h3 id="handoff-accept" className={styles.questions}>
        {document.questions.length > 0
          ? `Questions from ${from.name}`
          : isPractice
            ? 'Practice'
            : 'Take over'}
      </h3>
      {document.questions.map(({ id, text }) => (
        <label key={id} className={styles.answer}>
          <span>{text}</span>
          <textarea
            aria-label={text}
            rows={1}
            maxLength={MAX_ANSWER}
            value={answerOf(id)}
            onChange={({ target }) => actions.setDraft(answerDraft(handoffId, id), target.value)}
            onBlur={() => {
              const answer = answerOf(id).trim()
              const before = handoff.answers.find((each) => each.questionId === id)?.answer ?? ''
              if (answer === before) return
              void actions.handoffCommand('handoff.answer', { handoffId, questionId: id, answer })
            }}
          />
        </label>
      ))}
      <div className={styles.acceptRow}>
        <ActionButton
          label={
            isPractice ? 'Accept the practice handoff' : 'Accept: the watch is yours from here'
          }
          tone="primary"
          refusedBecause={refusal}
          onPress={accept}
        />
        {open === 0 ? null : (
          <span className={styles.quiet}>
            {open === 1 ? '1 question' : `${String(open)} questions`} without an answer
          </span>
        )}
        {kept ? (
          <span role="status">
            {kept.state === 'rejected'
              ? `Refused: ${kept.rejection?.message ?? ''}`
              : 'Queued: it is accepted as soon as Deckwatch is back.'}
          </span>
        ) : null}
        {problem === null ? null : <span role="alert">{describeRefusal(problem)}</span>}
      </div>
    </section>
  )
}

/** The acceptance of a handoff that came by file, to be given back. */
function AcceptanceBack({ document, handoff }: Pick<OpenedProps, 'document' | 'handoff'>) {
  const { handoffId, hash, accepted, answers, from } = handoff
  const [said, setSaid] = useState<string | null>(null)
  if (!accepted) return null
  const text = acceptanceText(
    {
      format: 'deckwatch-acceptance',
      version: 1,
      handoffId,
      hash,
      by: accepted.by,
      acceptedAt: accepted.at,
      answers: answers.map(({ questionId, answer }) => ({ questionId, answer })),
    },
    document.zone,
  )
  return (
    <section className={styles.accept} aria-labelledby="handoff-back">
      <h3 id="handoff-back" className={styles.questions}>
        Tell {from.name} that you accepted
      </h3>
      <p>
        {from.name}’s Deckwatch does not know it yet. Send this text back; it is opened there with
        Import.
      </p>
      <textarea
        className={styles.travel}
        readOnly
        rows={6}
        value={text}
        aria-label="The acceptance as text"
        onFocus={({ target }) => target.select()}
      />
      <div className={styles.acceptRow}>
        <SmallButton
          onClick={() => {
            navigator.clipboard.writeText(text).then(
              () => setSaid('Copied the acceptance'),
              () => setSaid('The browser refused: select the text and copy it'),
            )
          }}
        >
          Copy the acceptance
        </SmallButton>
        <SmallButton
          onClick={() => {
            const name = handoffFileName(document, '-accepted.deckwatch.txt')
            saveFile(name, text, 'text/plain')
            setSaid(`Saved ${name}`)
          }}
        >
          Save as a file
        </SmallButton>
        {said === null ? null : <span role="status">{said}</span>}
      </div>
    </section>
  )
}
