import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { MAX_NAME_LENGTH } from '#shared/domain/person/schema.ts'
import { currentId } from '#shared/domain/person/identity.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { useCockpit, useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { usePageKeys } from '../../keyboard/use-page-keys.ts'
import { useHandoff, useHandoffModel } from './handoff-model.ts'
import { ShiftPeriod } from './shift-period.tsx'
import { saveTravelling, TakeAway } from './take-away.tsx'
import { hasOwnWords, UNNAMED, type Workbench } from './workbench.ts'
import styles from './draft-head.module.css'

/** Who takes over somewhere else, in the list of people. */
const ELSEWHERE = ' elsewhere'
const NOT_SELECTED = ' nobody'

interface DraftHeadProps {
  readonly workbench: Workbench
  readonly document: HandoffDocument
}

/** Whose shift, from when to when, to whom; and what is done with it. */
export function DraftHead({ workbench, document }: DraftHeadProps) {
  const model = useHandoffModel()
  const { actions, announcements } = useCockpit()
  const status = useMirror((mirror) => mirror.status)
  const drafting = useHandoff((state) => state.drafting)
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const { to } = workbench
  const elsewhere = to?.id === null ? to : null
  const others = (status?.people ?? []).filter(
    ({ id }) => status && currentId(id, status) !== currentId(status.you.id, status),
  )
  const refusal = sendRefusal(workbench, document) ?? rightRefusal(status, 'handoff.send')
  const send = () => {
    model.change((before) => ({ ...before, isSent: true }))
    const way = elsewhere ? 'to-file' : 'here'
    const written = { ...document, writtenAt: Date.now() }
    void actions
      .sendHandoff({ handoffId: document.handoffId, document: written, way })
      .then((given) => {
        if (given.kind === 'answered' && !given.result.ok) {
          const { error } = given.result
          model.store.setState({ problem: error })
          model.change((before) => ({ ...before, isSent: false }))
        } else if (elsewhere) {
          const text = `Saved ${saveTravelling(written)}: send it to ${written.to.name}.`
          model.store.setState({ saved: { handoffId: written.handoffId, text } })
          announcements.tell({ politeness: 'polite', text })
        }
      })
  }
  usePageKeys((event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return false
    if (refusal === null) send()
    return true
  })
  return (
    <header className={styles.head}>
      <div className={styles.facts}>
        <ShiftPeriod workbench={workbench} />
        <label className={styles.to}>
          <span>To</span>
          <select
            aria-label="To"
            value={to === null ? NOT_SELECTED : (to.id ?? ELSEWHERE)}
            onChange={({ target }) => {
              const person = others.find(({ id }) => id === target.value)
              const taker =
                person ?? (target.value === ELSEWHERE ? { id: null, name: UNNAMED } : null)
              model.change((before) => ({
                ...before,
                to: taker && { id: taker.id, name: taker.name },
              }))
            }}
          >
            <option value={NOT_SELECTED}>Select who takes over</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value={ELSEWHERE}>Somebody with another Deckwatch…</option>
          </select>
        </label>
        {elsewhere ? (
          <label className={styles.to}>
            <span>Name</span>
            <input
              type="text"
              value={elsewhere.name === UNNAMED ? '' : elsewhere.name}
              maxLength={MAX_NAME_LENGTH}
              autoComplete="off"
              onChange={({ target }) =>
                model.change((before) => ({
                  ...before,
                  to: { id: null, name: target.value.trimStart() || UNNAMED },
                }))
              }
            />
          </label>
        ) : null}
        <SavedAt />
      </div>
      <div className={styles.tools}>
        <SmallButton disabled={!isOpen || drafting === 'asking'} onClick={() => void model.draft()}>
          {drafting === 'asking' ? 'Updating…' : 'Update the draft'}
        </SmallButton>
        {hasOwnWords(workbench) ? (
          <SmallButton
            onClick={() => {
              model.startOver()
              void model.draft()
            }}
          >
            Start over
          </SmallButton>
        ) : null}
        <TakeAway document={document} />
        <span className={styles.gap} />
        {refusal === null ? null : <p className={styles.refusal}>{refusal}</p>}
        <ActionButton
          label={sendLabel(workbench)}
          hint="Ctrl ↵"
          tone="primary"
          refusedBecause={refusal}
          onPress={send}
        />
      </div>
    </header>
  )
}

function sendLabel({ to }: Workbench): string {
  if (to === null || to.name === UNNAMED) return 'Send'
  return to.id === null ? `Give to ${to.name} as a file` : `Send to ${to.name}`
}

/** Why it cannot be sent; null when it can. */
function sendRefusal({ to }: Workbench, { lines }: HandoffDocument): string | null {
  if (to === null) return 'Select who takes over.'
  if (to.name === UNNAMED) return 'Write the name of who takes over.'
  if (lines.length === 0) return 'There is nothing in it yet: add a line, or update the draft.'
  return null
}

/** Whether what is being written is kept. */
function SavedAt() {
  const at = useOffline((state) => state.draftsSavedAt)
  const storage = useOffline((state) => state.storage)
  if (storage !== 'fine') {
    return <span className={styles.unsaved}>Draft, not saved: this browser keeps nothing</span>
  }
  return (
    <span className={styles.saved}>
      {at === null ? (
        'Draft'
      ) : (
        <>
          Draft, saved <Instant at={at} precision="minute" />
        </>
      )}
    </span>
  )
}
