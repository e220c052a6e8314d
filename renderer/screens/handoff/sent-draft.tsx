import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { Instant } from '../../components/instant.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { useActions, useOffline } from '../../engine/cockpit/context.ts'
import { HandoffPaper } from './handoff-paper.tsx'
import { useHandoff, useHandoffModel } from './handoff-model.ts'
import { SavedLine } from './saved-line.tsx'
import { TakeAway } from './take-away.tsx'
import styles from './open-handoff.module.css'

/** A handoff that was sent and that the engine has not recorded yet. */
export function SentDraft({ document: draft }: { readonly document: HandoffDocument }) {
  const model = useHandoffModel()
  const actions = useActions()
  const { handoffId } = draft
  const kept = useOffline((state) =>
    state.kept.find(
      ({ name, input }) =>
        name === 'handoff.send' && 'handoffId' in input && input.handoffId === handoffId,
    ),
  )
  // What is given away has to be the very text that was sent, or its acceptance would be of another.
  const document = kept?.name === 'handoff.send' ? kept.input.document : draft
  const { to } = document
  const problem = useHandoff((state) => state.problem)
  const isRejected = kept?.state === 'rejected'
  const takeBack = () => {
    model.change((before) => ({ ...before, isSent: false }))
  }
  return (
    <div className={styles.page}>
      <h2 tabIndex={-1} className={styles.title}>
        {document.from.name} to {to.name}
      </h2>
      <div className={styles.state} role="status">
        {isRejected ? (
          <p className={styles.bad}>
            Deckwatch refused it: {kept.rejection?.message} {kept.rejection?.hint}
          </p>
        ) : kept ? (
          <p>
            <strong>Queued:</strong> it goes to {to.name} as soon as Deckwatch is back, as it was at{' '}
            <Instant at={kept.givenAt} precision="minute" />.
          </p>
        ) : (
          <p>{problem ? problem.message : `Sending to ${to.name}…`}</p>
        )}
        {kept ? (
          <SmallButton
            onClick={() => {
              void actions.withdraw(kept)
              takeBack()
            }}
          >
            Edit it again
          </SmallButton>
        ) : null}
        <TakeAway document={document} canTravel={kept !== undefined && to.id === null} />
        <SavedLine handoffId={handoffId} />
      </div>
      <HandoffPaper document={document} outcome={{ answers: [], accepted: null }} />
    </div>
  )
}
