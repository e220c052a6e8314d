import { useEffect, useRef, useState } from 'react'
import { DRILL_TYPE } from '#shared/domain/source/drill.ts'
import type { Field } from '#shared/domain/source-kind/field.ts'
import { authOf, withField, type SourceTexts } from '#shared/domain/source-kind/texts.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { focusLate, useLateFocus } from '../../components/late-focus.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { isSame, type SourceDraft } from './settings-drafts.ts'
import {
  checkSource,
  configuredUses,
  refusedField,
  withKind,
  withWholeAddress,
} from './settings-source-form.ts'
import { inFormWords, refusalWords } from './settings-words.ts'
import { CheckField, ChoiceField, TextField } from '../../components/fields/controls.tsx'
import { SaveBar } from './save-bar.tsx'
import { SaveQuestion } from './save-question.tsx'
import { SourceAuth } from './source-auth.tsx'
import { SourceField } from './source-field.tsx'
import { SourceDetailsFields } from './source-more.tsx'
import { TrialReport } from './trial-report.tsx'
import screen from './settings.module.css'
import styles from './source-form.module.css'

/** Drawn in a place of their own. */
const apart: ReadonlySet<Field['kind']> = new Set(['address', 'auth', 'tls'])

interface SourceFormProps {
  readonly draft: SourceDraft
  /** The field that it was opened for; the address where it is left out. */
  readonly field: string | undefined
}

/** A source that is added or edited: tried before it is saved. */
export function SourceForm({ draft, field: wanted }: SourceFormProps) {
  const { actions } = useSettingsModel()
  const { kind, source, editing } = draft
  const file = useSettings((state) => state.file)
  const kinds = file?.sourceKinds ?? []
  const trial = useSettings((state) => state.trial)
  const isDoubted = useSettings((state) => state.isDoubted)
  const focusLater = useLateFocus(useSettings(({ saving }) => saving.has('source')))
  const hasDrill = useMirror(({ status }) => (status?.drill ?? null) !== null)
  const lost = useMirror((state) => refusalOf(state, 'settings.write'))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [isAsked, setAsked] = useState(false)
  /** What was pasted behind the address and is no part of it. */
  const [leftOut, setLeftOut] = useState('')
  const form = useRef<HTMLElement>(null)
  const report = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The address is what a person has at hand.
    const control =
      (wanted === undefined ? null : controlOf(form.current, wanted)) ?? firstField(form.current)
    form.current?.scrollIntoView({ block: 'nearest' })
    control?.focus()
    // Only what it was opened for counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on opening
  }, [])

  useEffect(() => {
    if (trial) report.current?.scrollIntoView({ block: 'nearest' })
  }, [trial])

  const otherNames = (file?.sources ?? [])
    .filter(({ name, type }) => name !== editing && (type !== DRILL_TYPE || draft.keepsDrill))
    .map(({ name }) => name)
  const configured = file ? configuredUses(file) : []
  const errors = checkSource(draft, otherNames, configured)
  const refusal = useSettings(({ refusals }) => refusals.source)
  const refused = refusedField(refusal)
  // No mistake is shown before a person could have made it.
  const shown = (field: string) =>
    (isAsked || left.has(field) ? errors[field] : undefined) ??
    (refusal && refused === field ? refusalWords(refusal) : undefined)
  const leave = (field: string) => setLeft((before) => new Set(before).add(field))
  const put = (next: SourceTexts) => {
    actions.editSource({ source: next })
  }
  /** Writes the address out in full, for everybody to see. */
  const complete = (): SourceTexts => {
    const { whole, leftOut: behind } = withWholeAddress(draft)
    if (!isSame(whole, source)) {
      put(whole)
      setLeftOut(behind)
    }
    return whole
  }
  /** Shows all mistakes and goes to the first; null when there is none. */
  const check = (): string | null => {
    const wrong = checkSource({ ...draft, source: complete() }, otherNames, configured)
    if (Object.keys(wrong).length === 0) return null
    setAsked(true)
    const { activeElement } = document
    requestAnimationFrame(() => {
      focusLate(activeElement, form.current?.querySelector<HTMLElement>('[aria-invalid="true"]'))
    })
    return 'fix the marked fields.'
  }
  const signIn = authOf(kind, source)
  const main = Object.entries(kind.fields).filter(([, { place }]) => place === 'main')
  const draw = ([key, field]: (typeof main)[number]) => (
    <SourceField
      key={`${kind.type}.${key}`}
      fieldKey={key}
      field={
        field.kind === 'address' && leftOut !== ''
          ? { ...field, hint: `Left out, as it is not part of the address: ${leftOut}` }
          : field
      }
      source={source}
      errorOf={shown}
      onLeave={(left) => {
        if (field.kind === 'address') complete()
        leave(left)
      }}
      onChange={put}
    />
  )
  return (
    <section ref={form} className={screen.panel} aria-labelledby="source-form-title">
      <h3 id="source-form-title" className={screen.heading}>
        {editing === null ? 'Add a source' : `Edit ${editing}`}
      </h3>
      {editing === null ? (
        <ChoiceField
          legend="Type"
          value={kind.type}
          options={kinds
            .filter(({ isEditable }) => isEditable)
            .map(({ type, label }) => ({ value: type, label }))}
          onChange={(type) => {
            const next = kinds.find((each) => each.type === type)
            if (next) actions.editSource({ kind: next, source: withKind(draft, next) })
          }}
        />
      ) : null}
      {main.filter(([, field]) => field.kind === 'address').map(draw)}
      <div className={screen.row}>
        <TextField
          label="Display name"
          field="name"
          value={source.name}
          error={shown('name')}
          onChange={(name) => put({ ...source, name })}
          onLeave={() => leave('name')}
        />
        {main.filter(([, field]) => !apart.has(field.kind)).map(draw)}
      </div>
      {signIn === null ? null : (
        <SourceAuth
          draft={draft}
          auth={signIn.auth}
          configured={configured}
          errorOf={shown}
          onLeave={leave}
          onChange={(auth) => put(withField(source, signIn.key, auth))}
        />
      )}
      <SourceDetailsFields
        kind={kind}
        source={source}
        errorOf={shown}
        onLeave={leave}
        onChange={put}
        wanted={wanted}
      />
      {editing === null && hasDrill ? (
        <CheckField
          label="Keep the drill running"
          checked={draft.keepsDrill}
          onChange={(keepsDrill) => actions.editSource({ keepsDrill })}
        />
      ) : null}
      <div ref={report} className={styles.report} role="status">
        {trial ? <TrialReport trial={trial} words={inFormWords} /> : null}
      </div>
      {isDoubted ? (
        <SaveQuestion
          focusLater={focusLater}
          onBack={() => {
            actions.keepEditing()
            firstField(form.current)?.focus()
          }}
        />
      ) : null}
      <div className={styles.foot}>
        <SaveBar part="source" label={editing === null ? 'Save and poll' : 'Save'} check={check}>
          <ActionButton
            label="Test connection"
            isPending={trial?.kind === 'running'}
            refusedBecause={lost}
            onPress={() => {
              if (check() === null) void actions.tryOut()
            }}
          />
        </SaveBar>
      </div>
    </section>
  )
}

/** Where a field is typed into, by the field's key. */
function controlOf(form: HTMLElement | null, field: string): HTMLElement | null {
  const place = form?.querySelector(`[data-field="${CSS.escape(field)}"]`)
  return place?.querySelector<HTMLElement>('input, textarea, select') ?? null
}

function firstField(form: HTMLElement | null): HTMLElement | null {
  return form?.querySelector<HTMLElement>('input[type="text"]') ?? null
}
