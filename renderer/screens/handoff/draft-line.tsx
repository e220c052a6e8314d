import { useState } from 'react'
import { lacksNextStep } from '#shared/domain/handoff-document/arrange.ts'
import { MAX_LINE_TEXT } from '#shared/domain/handoff/schema.ts'
import { caretToEnd } from '../../components/caret-to-end.ts'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useHandoffModel } from './handoff-model.ts'
import { changeLine, restoreLine, type WorkbenchLine } from './workbench.ts'
import styles from './draft-lines.module.css'

interface DraftLineProps extends WorkbenchLine {
  /** True for the one line that Tab leads to. */
  readonly isActive: boolean
  readonly isEditing: boolean
  readonly onFocus: () => void
  readonly onStrike: (isStruck: boolean) => void
  readonly onEdit: () => void
  readonly onEdited: () => void
}

/** One line of the draft: what it says, its next step and contact, and what was made of it. */
export function DraftLine(props: DraftLineProps) {
  const { line, isStruck, isEdited, isOwn, news, isActive, isEditing } = props
  const { onFocus, onStrike, onEdit, onEdited } = props
  const model = useHandoffModel()
  const { id, text, severity, nextStep, contact, under } = line
  const wantsNext = !isStruck && lacksNextStep(line)
  return (
    <li className={styles.item} data-part={under !== null}>
      <div
        className={styles.line}
        data-line={id}
        data-struck={isStruck}
        role="group"
        aria-label={`${isStruck ? 'Struck out: ' : ''}${text === '' ? 'Empty line' : text}`}
        aria-keyshortcuts="X E N"
        tabIndex={isActive ? 0 : -1}
        onFocus={onFocus}
      >
        <div className={styles.words}>
          <p className={styles.text}>
            {severity === null ? null : (
              <>
                <SeverityMark severity={severity} tone="quiet" />{' '}
              </>
            )}
            {isStruck ? <s>{text}</s> : text === '' ? <em>Empty line</em> : text}
          </p>
          {isStruck ? null : (
            <>
              {nextStep === null ? null : <p className={styles.side}>Next step: {nextStep}</p>}
              {wantsNext ? <p className={styles.missing}>No next step yet</p> : null}
              {contact === null ? null : <p className={styles.side}>Contact: {contact}</p>}
            </>
          )}
          {isEdited && !isStruck ? <p className={styles.mark}>Edited by you</p> : null}
          {news && !isStruck ? (
            <p className={styles.news}>
              {news.text === null
                ? 'The journal does not say this any more.'
                : `The journal says by now: ${news.text}`}
            </p>
          ) : null}
        </div>
        <div className={styles.lineTools}>
          <TextButton tabIndex={isActive ? 0 : -1} onClick={() => onStrike(!isStruck)}>
            {isStruck ? 'Put back' : 'Strike out'}
          </TextButton>
          <TextButton tabIndex={isActive ? 0 : -1} onClick={onEdit}>
            Edit
          </TextButton>
          {isEdited || isOwn ? (
            <TextButton
              tabIndex={isActive ? 0 : -1}
              onClick={() => model.change((before) => restoreLine(before, id))}
            >
              {isOwn ? 'Remove' : 'As drafted'}
            </TextButton>
          ) : null}
        </div>
      </div>
      {isEditing ? <LineForm {...props} onDone={onEdited} /> : null}
    </li>
  )
}

function LineForm({ line, onDone }: WorkbenchLine & { readonly onDone: () => void }) {
  const model = useHandoffModel()
  const { id } = line
  // As it was when the form was opened: Escape goes back to it.
  const [before] = useState({
    text: line.text,
    nextStep: line.nextStep ?? '',
    contact: line.contact ?? '',
  })
  const set = (change: Parameters<typeof changeLine>[2]) => {
    model.change((workbench) => changeLine(workbench, id, change))
  }
  const isHead = line.under === null
  return (
    <form
      className={styles.form}
      aria-label="Edit the line"
      onSubmit={(event) => {
        event.preventDefault()
        onDone()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          set(before)
          onDone()
        } else if (
          event.key === 'Enter' &&
          !(event.shiftKey || event.ctrlKey || event.metaKey) &&
          !(event.target instanceof HTMLButtonElement)
        ) {
          event.preventDefault()
          onDone()
        }
      }}
    >
      <label>
        Text
        <textarea
          aria-label="Text"
          value={line.text}
          rows={2}
          maxLength={MAX_LINE_TEXT}
          // Whoever asks for it types next.
          ref={focusOnce}
          onChange={({ target }) => set({ text: target.value.replaceAll('\n', ' ') })}
        />
      </label>
      {isHead ? (
        <>
          <label>
            Next step
            <input
              type="text"
              value={line.nextStep ?? ''}
              maxLength={MAX_LINE_TEXT}
              onChange={({ target }) => set({ nextStep: target.value })}
            />
          </label>
          <label>
            Contact
            <input
              type="text"
              value={line.contact ?? ''}
              maxLength={MAX_LINE_TEXT}
              onChange={({ target }) => set({ contact: target.value })}
            />
          </label>
        </>
      ) : null}
      <div className={styles.formTools}>
        <SmallButton type="submit">Done</SmallButton>
        <SmallButton
          onClick={() => {
            set(before)
            onDone()
          }}
        >
          Cancel
        </SmallButton>
      </div>
    </form>
  )
}

function focusOnce(area: HTMLTextAreaElement | null): void {
  area?.focus()
  caretToEnd(area)
}
