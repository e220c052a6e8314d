import { MAX_NOTE_LENGTH } from '#shared/contract/operations/incident.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useActions, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { idle } from '../../engine/page/ui-store.ts'
import styles from './note-field.module.css'

interface NoteFieldProps {
  readonly incidentId: string
  readonly ref: React.Ref<HTMLTextAreaElement>
}

/**
 * A note for the timeline. What is not sent yet stays a draft of its incident. Nothing for who may
 * not act: the key says why.
 */
export function NoteField({ incidentId, ref }: NoteFieldProps) {
  const actions = useActions()
  const draft = useUi(({ drafts }) => drafts.get(incidentId) ?? '')
  const { pending, refusal } = useUi(({ work }) => work.get(incidentId) ?? idle)
  const isLost = useMirror(({ connection }) => connection.phase !== 'open')
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'incident.note'))
  if (forbidden !== null) return null
  const send = () => void actions.sendNote(incidentId)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label htmlFor="note" className={styles.label}>
        Note <KeyHint>{keyOf('note')}</KeyHint>
      </label>
      <textarea
        id="note"
        ref={ref}
        className={styles.field}
        value={draft}
        rows={1}
        maxLength={MAX_NOTE_LENGTH}
        placeholder="What you saw, what you did"
        aria-describedby="note-help"
        onFocus={({ currentTarget }) => {
          // A draft that was kept is gone on with, not written before.
          if (currentTarget.selectionEnd === 0) {
            currentTarget.setSelectionRange(draft.length, draft.length)
          }
        }}
        onChange={(event) => actions.setDraft(incidentId, event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.currentTarget.blur()
            actions.returnToQueue()
          }
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault()
            send()
          }
        }}
      />
      <div className={styles.foot}>
        <p id="note-help" className={styles.help}>
          {isLost
            ? 'Enter queues the note, Shift+Enter for a new line, Esc leaves'
            : 'Enter adds the note, Shift+Enter for a new line, Esc leaves'}
        </p>
        {draft.trim() === '' ? null : (
          <ActionButton label="Add note" isPending={pending.has('incident.note')} onPress={send} />
        )}
      </div>
      {/* Said by the live region of the page. */}
      {refusal?.name === 'incident.note' ? (
        <p className={styles.refusal}>The note is still here: {refusal.error.message}</p>
      ) : null}
    </form>
  )
}
