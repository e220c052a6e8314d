import { useEffect, useRef } from 'react'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { ActionButton } from '../../components/action-button.tsx'
import type { FocusLater } from '../../components/late-focus.ts'
import { TextButton } from '../../components/text-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { PlanForm } from './plan-form.tsx'
import { usePlaybook, usePlaybookModel } from './playbook-model.ts'
import { isDirty, type Editor } from './playbook-store.ts'
import { YamlText } from './yaml-text.tsx'
import styles from './file-editor.module.css'

interface EditorProps {
  readonly editor: Editor
}

interface FileEditorProps extends EditorProps {
  /** The file has taken its time. */
  readonly focusLater: FocusLater
}

/** One file: as a form where it is a plan, and as the text that is written. */
export function FileEditor({ editor, focusLater }: FileEditorProps) {
  const { actions } = usePlaybookModel()
  const refused = useRefusal(editor)
  const { path, text, problems, value, isEditable, goTo, formRefusal } = editor
  const isPlan = path.startsWith('plans/')
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Who opens a file goes on in it; a place in its text takes the focus by itself.
    if (goTo === null) focusLater(title.current)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when it is opened
  }, [])
  return (
    <section
      className={styles.editor}
      aria-labelledby="file-title"
      onKeyDown={(event) => {
        if (event.key !== 's' || event.ctrlKey === event.metaKey || event.altKey) return
        event.preventDefault()
        // What is still in a field of the form is written when the field is left.
        const field = document.activeElement
        if (field instanceof HTMLElement && field.closest('[data-form-of]')) {
          field.blur()
          field.focus()
        }
        if (refused === null || refused === NO_CHANGES) void actions.save()
      }}
    >
      <header className={styles.head}>
        <h2 ref={title} id="file-title" tabIndex={-1} className={styles.title}>
          {path}
        </h2>
        {isDirty(editor) ? (
          <span className={styles.unsaved}>{editor.isNew ? 'new' : 'not saved'}</span>
        ) : null}
        <TextButton onClick={actions.close}>Close</TextButton>
      </header>
      <ReadOnlyReason editor={editor} />
      <OnDisk editor={editor} />
      <Problems editor={editor} />
      <div className={styles.sides} data-form={isPlan}>
        {isPlan ? (
          <div className={styles.side} data-form-of={path} data-scrolls="" tabIndex={-1}>
            {value === null ? (
              <p className={styles.soft}>
                {problems.length > 0
                  ? 'The form is back once the text can be read.'
                  : 'No form: this text was not checked.'}
              </p>
            ) : (
              <PlanForm
                // Another file has other fields.
                key={path}
                value={value}
                isReadOnly={!isEditable}
                onChange={(changes) => void actions.change(changes)}
              />
            )}
            {formRefusal === null ? null : <p className={styles.bad}>{formRefusal}</p>}
          </div>
        ) : null}
        <div className={styles.side}>
          <YamlText
            text={text}
            path={path}
            problems={problems}
            isReadOnly={!isEditable}
            goTo={goTo}
            focusLater={focusLater}
            onArrive={actions.arrived}
            onWrite={actions.write}
          />
        </div>
      </div>
      {isEditable ? <SaveLine editor={editor} refused={refused} /> : null}
    </section>
  )
}

const NO_CHANGES = 'No changes'

/** Why it cannot be saved now. */
function useRefusal(editor: Editor): string | null {
  const lost = useMirror((state) => refusalOf(state, 'playbook.save'))
  if (!editor.isEditable) return 'This playbook is changed by a commit.'
  if (lost !== null) return lost
  if (!isDirty(editor)) return NO_CHANGES
  if (editor.onDisk) return 'The file has changed on the disk: select a version above.'
  return null
}

function ReadOnlyReason({ editor: { isEditable } }: EditorProps) {
  const origin = usePlaybook(({ facts }) => facts?.origin)
  if (isEditable) return null
  return (
    <p className={styles.notice}>
      Read-only:{' '}
      {origin?.kind === 'git'
        ? `this playbook comes from ${origin.url} and is changed by a commit there.`
        : 'this file cannot be changed here.'}
    </p>
  )
}

function OnDisk({ editor: { onDisk } }: EditorProps) {
  const { actions } = usePlaybookModel()
  if (!onDisk) return null
  return (
    <div className={styles.notice} role="group" aria-label="The file has changed">
      <p>The file has changed on the disk since it was read here.</p>
      <div className={styles.choices}>
        <TextButton onClick={actions.takeDisk}>Use the version on the disk</TextButton>
        <TextButton onClick={actions.keepMine}>Keep mine: saving replaces the other</TextButton>
      </div>
    </div>
  )
}

function Problems({ editor: { problems } }: EditorProps) {
  const { actions } = usePlaybookModel()
  if (problems.length === 0) return null
  return (
    <ul className={styles.problems} aria-label="Problems in this text">
      {problems.map((problem) => (
        <li key={keyOf(problem)}>
          <TextButton onClick={() => actions.goTo(problem)}>
            Line {problem.line}, column {problem.column}
          </TextButton>{' '}
          {problem.message}
        </li>
      ))}
    </ul>
  )
}

function keyOf({ line, column, message }: ConfigProblem): string {
  return `${String(line)}:${String(column)} ${message}`
}

interface SaveLineProps extends EditorProps {
  readonly refused: string | null
}

/** Saves or discards, and says what became of it. */
function SaveLine({ editor, refused }: SaveLineProps) {
  const { actions } = usePlaybookModel()
  const { isNew, isSaving, isChecking, problems, result } = editor
  return (
    <footer className={styles.foot}>
      <ActionButton
        label="Save"
        hint="Ctrl S"
        tone="primary"
        isPending={isSaving}
        refusedBecause={refused}
        onPress={() => void actions.save()}
      />
      {isDirty(editor) ? (
        <ActionButton label={isNew ? 'Discard' : 'Undo changes'} onPress={actions.discard} />
      ) : null}
      <p className={styles.said}>
        {result?.kind === 'saved' ? (
          result.isInForce ? (
            <strong className={styles.good}>Saved, in effect</strong>
          ) : (
            <strong className={styles.bad}>
              Written to the file, not in effect: the last valid version is used
            </strong>
          )
        ) : result ? (
          <strong className={styles.bad}>
            Not saved: {result.message} {result.hint}
          </strong>
        ) : isChecking ? (
          'Checking…'
        ) : problems.length > 0 ? (
          'With problems it is not saved; the version in effect stays.'
        ) : isDirty(editor) ? (
          'Valid, not saved'
        ) : null}
      </p>
    </footer>
  )
}
