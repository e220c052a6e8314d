import { useState } from 'react'
import {
  MAX_TRAVEL_TEXT,
  readTravelled,
  type Travelled,
  type TravellingAcceptance,
} from '#shared/domain/handoff-document/travel.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { HandoffPaper } from './handoff-paper.tsx'
import { useHandoffModel } from './handoff-model.ts'
import styles from './import-view.module.css'

/** Opens what comes from another Deckwatch: a handoff to take over, or the acceptance of one. */
export function ImportView() {
  const [text, setText] = useState('')
  const [unread, setUnread] = useState<string | null>(null)
  const read = text.trim() === '' ? null : readTravelled(text)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (!file) return
    if (file.size > MAX_TRAVEL_TEXT) {
      setUnread('This file is too large to be a handoff.')
      return
    }
    file.text().then(
      (content) => {
        setUnread(null)
        setText(content)
      },
      () => setUnread('This file cannot be read.'),
    )
  }
  return (
    <div className={styles.view} data-scrolls>
      <section className={styles.form} aria-labelledby="handoff-import">
        <h2 id="handoff-import" className={styles.title}>
          Import from another Deckwatch
        </h2>
        <p>
          Paste the text that you were sent, or choose the file. It can be a handoff to you, or the
          acceptance of one that you gave as a file.
        </p>
        <label className={styles.field}>
          <span>Text</span>
          <textarea
            aria-label="Text"
            rows={6}
            value={text}
            spellCheck={false}
            maxLength={MAX_TRAVEL_TEXT}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <label className={styles.field}>
          <span>File</span>
          <input
            type="file"
            accept=".txt,text/plain"
            onChange={({ target }) => take(target.files)}
          />
        </label>
        <div role="alert">
          {unread === null ? null : <p className={styles.bad}>{unread}</p>}
          {read && !read.ok ? (
            <p className={styles.bad}>
              {read.error.message} {read.error.hint}
            </p>
          ) : null}
        </div>
      </section>
      {read?.ok ? <Found travelled={read.value} /> : null}
    </div>
  )
}

function Found({ travelled }: { readonly travelled: Travelled }) {
  return travelled.kind === 'handoff' ? (
    <FoundHandoff document={travelled.document} />
  ) : (
    <FoundAcceptance acceptance={travelled.acceptance} />
  )
}

function FoundHandoff({ document }: { readonly document: HandoffDocument }) {
  const actions = useActions()
  const model = useHandoffModel()
  const refusal = useMirror((state) => refusalOf(state, 'handoff.receive'))
  const [problem, setProblem] = useState<ContractError | null>(null)
  const { from, to, handoffId, lines, isPractice } = document
  const ongoing = lines.filter(({ section, under }) => section === 'ongoing' && under === null)
  return (
    <section className={styles.found} aria-label="The handoff in this text">
      <div className={styles.say}>
        <p>
          <strong>
            A {isPractice ? 'practice handoff' : 'handoff'} from {from.name} to {to.name}
          </strong>{' '}
          with{' '}
          {ongoing.length === 1 ? '1 open incident' : `${String(ongoing.length)} open incidents`}.
          Take it in to answer its questions and accept it.
        </p>
        <ActionButton
          label="Take it in"
          tone="primary"
          refusedBecause={refusal}
          onPress={() => {
            void actions.handoffCommand('handoff.receive', { document }).then((result) => {
              const isThere = result.ok || result.error.code === 'already-done'
              if (isThere) model.show({ kind: 'handoff', handoffId })
              else setProblem(result.error)
            })
          }}
        />
        {refusal === null ? null : <p className={styles.bad}>{refusal}</p>}
        {problem === null ? null : (
          <p role="alert" className={styles.bad}>
            {describeRefusal(problem)}
          </p>
        )}
      </div>
      <HandoffPaper document={document} outcome={{ answers: [], accepted: null }} />
    </section>
  )
}

function FoundAcceptance({ acceptance }: { readonly acceptance: TravellingAcceptance }) {
  const actions = useActions()
  const model = useHandoffModel()
  const refusal = useMirror((state) => refusalOf(state, 'handoff.take-acceptance'))
  const { handoffId, hash, by, acceptedAt, answers } = acceptance
  const mine = useMirror(({ watch }) => watch?.handoffs.get(handoffId))
  const [problem, setProblem] = useState<ContractError | null>(null)
  const isOther = mine !== undefined && mine.hash !== hash
  return (
    <section className={styles.found} aria-label="The acceptance in this text">
      <div className={styles.say}>
        <p>
          <strong>{by.name} accepted your handoff</strong>{' '}
          <Instant at={acceptedAt} precision="minute" />
          {answers.length === 0
            ? '.'
            : `, with ${answers.length === 1 ? '1 answer' : `${String(answers.length)} answers`}.`}
        </p>
        {mine === undefined ? null : isOther ? (
          <p className={styles.bad} role="alert">
            But another text than the one that you sent: you sent{' '}
            <code>{mine.hash.slice(0, 12)}</code>, {by.name} accepted{' '}
            <code>{hash.slice(0, 12)}</code>. Compare what both of you have, and send the handoff
            again.
          </p>
        ) : (
          <p className={styles.good}>
            {mine.to.name === by.name ? null : `You gave it to ${mine.to.name}. `}
            It is the text that you sent (<code>{hash.slice(0, 12)}</code>).
          </p>
        )}
        {isOther ? null : (
          <ActionButton
            label="Record the acceptance"
            tone="primary"
            refusedBecause={refusal}
            onPress={() => {
              void actions
                .handoffCommand('handoff.take-acceptance', { acceptance })
                .then((result) => {
                  if (result.ok) model.show({ kind: 'handoff', handoffId })
                  else setProblem(result.error)
                })
            }}
          />
        )}
        {problem === null ? null : (
          <p role="alert" className={styles.bad}>
            {describeRefusal(problem)}
          </p>
        )}
      </div>
    </section>
  )
}
