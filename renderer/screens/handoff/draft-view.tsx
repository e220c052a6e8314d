import { useMemo } from 'react'
import { EmptyList } from '../../lists/empty-list.tsx'
import { useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { DraftHead } from './draft-head.tsx'
import { DraftLines } from './draft-lines.tsx'
import { DraftNotes } from './draft-notes.tsx'
import { HandoffPaper } from './handoff-paper.tsx'
import { useHandoff } from './handoff-model.ts'
import { QuestionsEditor } from './questions-editor.tsx'
import { SentDraft } from './sent-draft.tsx'
import { documentOf, takerName } from './workbench.ts'
import styles from './draft-view.module.css'

/** What goes over on the left, and on the right how the next person will read it. */
export function DraftView() {
  const workbench = useHandoff((state) => state.workbench)
  const drafting = useHandoff((state) => state.drafting)
  const you = useMirror(({ status }) => status?.you)
  const phase = useMirror(({ connection }) => connection.phase)
  const areDraftsRead = useOffline((state) => state.areDraftsRead)
  const document = useMemo(
    () =>
      workbench &&
      documentOf(workbench, you ?? { id: 'me', name: 'You' }, workbench.draftedAt ?? 0),
    [workbench, you],
  )
  if (!workbench || !document) {
    return (
      <EmptyList title={areDraftsRead ? 'Your shift is not drafted yet' : 'Loading your draft…'}>
        <p>Deckwatch drafts it from the journal as soon as it is connected.</p>
      </EmptyList>
    )
  }
  if (workbench.isSent) return <SentDraft document={document} />
  const isFirst = workbench.draftedAt === null
  return (
    <div className={styles.view}>
      <DraftHead workbench={workbench} document={document} />
      <DraftNotes />
      <div className={styles.columns}>
        <section className={styles.column} aria-labelledby="handoff-goes-over">
          <h2 id="handoff-goes-over" className={styles.title}>
            What goes over
          </h2>
          {isFirst && drafting !== 'idle' ? (
            <p className={styles.wait}>
              {drafting === 'asking'
                ? 'Reading the journal of your shift…'
                : 'The draft could not be made. You can write the handoff yourself.'}
            </p>
          ) : null}
          {isFirst && phase !== 'open' ? (
            <p className={styles.wait}>
              Deckwatch is unreachable: the draft is made when it is back. You can write already.
            </p>
          ) : null}
          <DraftLines workbench={workbench} />
          <QuestionsEditor workbench={workbench} />
        </section>
        {/* Whoever reads it by keyboard scrolls it. */}
        <section
          className={styles.column}
          data-is="paper"
          data-scrolls
          tabIndex={0}
          aria-labelledby="handoff-as-read"
        >
          <h2 id="handoff-as-read" className={styles.title}>
            As {takerName(workbench)} will read it
          </h2>
          <HandoffPaper document={document} outcome={{ answers: [], accepted: null }} />
        </section>
      </div>
    </div>
  )
}
