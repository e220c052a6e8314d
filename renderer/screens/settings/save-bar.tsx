import { useEffect, useRef, useState } from 'react'
import { ActionButton } from '../../components/action-button.tsx'
import { focusLate, useLateFocus, type FocusLater } from '../../components/late-focus.ts'
import { TextButton } from '../../components/text-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { isDirty, type PartName } from './settings-drafts.ts'
import { RefusalNote } from './refusal-note.tsx'
import { refusedField } from './settings-source-form.ts'
import styles from './save-bar.module.css'

interface SaveBarProps {
  readonly part: PartName
  /** Why it cannot be saved as it is; asked for when it is tried. */
  readonly check?: () => string | null
  readonly label?: string
  /** More buttons beside Save. */
  readonly children?: React.ReactNode
  readonly onSaved?: () => void
}

/** Saves or discards a part, and says what became of it. */
export function SaveBar({ part, check, label = 'Save', children, onSaved }: SaveBarProps) {
  const { actions } = useSettingsModel()
  const draft = useSettings(({ drafts }) => drafts[part])
  const refusal = useSettings(({ refusals }) => refusals[part])
  const isSaving = useSettings(({ saving }) => saving.has(part))
  const saved = useSettings((state) => (state.saved?.part === part ? state.saved.text : null))
  const isOutdated = useSettings(
    ({ file }) => draft !== undefined && file !== null && draft.version !== file.version,
  )
  const [mistake, setMistake] = useState<{ text: string; in: typeof draft } | null>(null)
  const isBroken = useSettings(({ file }) => (file?.problems.length ?? 0) > 0)
  const lost = useMirror((state) => refusalOf(state, 'settings.write'))
  const isAdding = part === 'source' && draft !== undefined
  const isIdle = !isDirty(draft) && !isAdding
  const refused =
    lost ??
    (isBroken ? 'Invalid configuration: fix it first.' : null) ??
    (isOutdated ? 'The file has changed: select a version above.' : null) ??
    (isIdle ? 'No changes' : null)

  const bar = useRef<HTMLDivElement>(null)
  const save = async () => {
    const text = check?.() ?? null
    setMistake(text === null ? null : { text, in: draft })
    if (text !== null) {
      // As soon as it is marked.
      const { activeElement } = document
      requestAnimationFrame(() =>
        goTo(bar.current, INVALID, (place) => focusLate(activeElement, place)),
      )
      return
    }
    if (await actions.save(part)) onSaved?.()
  }
  const field = refusedField(refusal)
  const focusLater = useLateFocus(isSaving)
  useEffect(() => {
    if (!refusal || field === null) return
    goTo(bar.current, `[data-field="${CSS.escape(field)}"]`, focusLater)
  }, [refusal, field, focusLater])
  return (
    <div ref={bar} className={styles.bar}>
      {isOutdated ? (
        <div className={styles.refusal} data-tone="warn" role="alert">
          <strong>The file has changed since.</strong> Your changes here are not saved.
          <div className={styles.choices}>
            <TextButton onClick={() => actions.discard(part)}>
              Discard mine, load the file
            </TextButton>
            <TextButton onClick={() => actions.keepMine(part)}>Keep mine</TextButton>
          </div>
        </div>
      ) : refusal && field !== null && part === 'source' ? (
        // Why stands with the field, which has the focus.
        <p className={styles.mistake}>Not saved: fix the marked field.</p>
      ) : refusal ? (
        <RefusalNote refusal={refusal} onDismiss={() => actions.dismissRefusal(part)} />
      ) : null}
      {/* The field may be out of sight; with the next change the word about it is gone. */}
      {mistake && mistake.in === draft ? (
        <p className={styles.mistake} role="alert">
          Not saved: {mistake.text}
        </p>
      ) : null}
      <div className={styles.buttons}>
        <ActionButton
          label={isSaving ? 'Saving…' : label}
          tone={refused === null ? 'primary' : 'plain'}
          isPending={isSaving}
          refusedBecause={refused}
          onPress={() => void save()}
        />
        {children}
        {isIdle ? null : (
          <ActionButton
            label={part === 'source' ? 'Cancel' : 'Discard'}
            onPress={() => actions.discard(part)}
          />
        )}
        {saved === null ? null : <span className={styles.saved}>✓ {saved}</span>}
        {isIdle ? null : (
          <span className={styles.state}>{lost ?? (isDirty(draft) ? 'Unsaved changes' : '')}</span>
        )}
      </div>
    </div>
  )
}

/** What is marked as wrong; for a choice of several buttons, the first of them. */
const INVALID = '[aria-invalid="true"], [data-invalid="true"] button'
const CONTROLS = 'input, textarea, select, button'

/** Puts the focus where something is to be fixed, on the screen that the bar is on. */
function goTo(bar: HTMLElement | null, selector: string, focus: FocusLater): void {
  const place = bar?.closest('main')?.querySelector<HTMLElement>(selector)
  if (!place) return
  const control = place.matches(CONTROLS) ? place : place.querySelector<HTMLElement>(CONTROLS)
  focus(control)
}
