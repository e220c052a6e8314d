import { useEffect, useRef, useState } from 'react'
import type { PolledSourceTexts } from '#shared/domain/settings/source-texts.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { engineRefusal } from '../../engine/commands/availability.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useSettings, useSettingsDesk } from './settings-desk.ts'
import type { SourceDraft } from './settings-drafts.ts'
import { checkSource, completeAddress, withType } from './settings-source-form.ts'
import { inFormWords } from './settings-words.ts'
import { CheckField, ChoiceField, TextField } from './controls.tsx'
import { SaveBar } from './save-bar.tsx'
import { SourceAuth } from './source-auth.tsx'
import { SourceDetailsFields } from './source-more.tsx'
import { TrialReport } from './trial-report.tsx'
import screen from './settings.module.css'
import styles from './source-form.module.css'

interface SourceFormProps {
  readonly draft: SourceDraft
}

/** A source that is added or edited: tried before it is saved. */
export function SourceForm({ draft }: SourceFormProps) {
  const { actions } = useSettingsDesk()
  const { source, editing } = draft
  const others = useSettings((state) => state.file?.sources)
  const trial = useSettings((state) => state.trial)
  const hasDrill = useMirror(({ status }) => (status?.drill ?? null) !== null)
  const lost = engineRefusal(useMirror(({ connection }) => connection.phase))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [isAsked, setAsked] = useState(false)
  const form = useRef<HTMLElement>(null)
  const report = useRef<HTMLDivElement>(null)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => {
    first.current?.focus()
    form.current?.scrollIntoView({ block: 'nearest' })
  }, [])

  useEffect(() => {
    if (trial) report.current?.scrollIntoView({ block: 'nearest' })
  }, [trial])

  const otherNames = (others ?? [])
    .filter(({ name, type }) => name !== editing && (type !== 'drill' || draft.keepsDrill))
    .map(({ name }) => name)
  const errors = checkSource(draft, otherNames)
  // Nobody is told of a mistake before they could have made it.
  const shown = (field: string) => (isAsked || left.has(field) ? errors[field] : undefined)
  const leave = (field: string) => setLeft((before) => new Set(before).add(field))
  const put = (next: PolledSourceTexts) => {
    actions.editSource({ source: next })
  }
  /** Writes the address out in full, for everybody to see. */
  const complete = (): PolledSourceTexts => {
    const url = completeAddress(source.url)
    const whole = { ...source, url }
    if (url !== source.url) put(whole)
    return whole
  }
  /** Shows all mistakes and goes to the first; null when there is none. */
  const check = (): string | null => {
    const wrong = checkSource({ ...draft, source: complete() }, otherNames)
    if (Object.keys(wrong).length === 0) return null
    setAsked(true)
    requestAnimationFrame(() => {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    })
    return 'the marked fields are not right yet.'
  }
  return (
    <section ref={form} className={screen.panel} aria-labelledby="source-form-title">
      <h3 id="source-form-title" className={screen.heading}>
        {editing === null ? 'Add a source' : `Edit ${editing}`}
      </h3>
      {editing === null ? (
        <ChoiceField
          legend="What is it?"
          value={source.type}
          options={[
            { value: 'alertmanager', label: 'Alertmanager' },
            { value: 'prometheus', label: 'Prometheus' },
          ]}
          onChange={(type) => put(withType(source, type))}
        />
      ) : null}
      <TextField
        ref={first}
        label="Address"
        hint="As you open it in a browser, with its path if it has one."
        placeholder={
          source.type === 'alertmanager' ? 'http://localhost:9093' : 'http://localhost:9090'
        }
        isMono
        value={source.url}
        error={shown('url')}
        onChange={(url) => put({ ...source, url })}
        onLeave={() => {
          complete()
          leave('url')
        }}
      />
      <div className={screen.row}>
        <TextField
          label="Name"
          hint="How it is called on the screen."
          value={source.name}
          error={shown('name')}
          onChange={(name) => put({ ...source, name })}
          onLeave={() => leave('name')}
        />
        <TextField
          label="Ask every"
          hint="A duration: 5s, 15s, 1m."
          value={source.interval}
          error={shown('interval')}
          onChange={(interval) => put({ ...source, interval })}
          onLeave={() => leave('interval')}
        />
      </div>
      <SourceAuth
        draft={draft}
        errorOf={shown}
        onLeave={leave}
        onChange={(auth) => put({ ...source, auth })}
      />
      <SourceDetailsFields source={source} errorOf={shown} onLeave={leave} onChange={put} />
      {editing === null && hasDrill ? (
        <CheckField
          label="Keep the drill running beside it"
          checked={draft.keepsDrill}
          onChange={(keepsDrill) => actions.editSource({ keepsDrill })}
        />
      ) : null}
      <div ref={report} className={styles.report} role="status">
        {trial ? <TrialReport trial={trial} words={inFormWords} /> : null}
      </div>
      <div className={styles.foot}>
        <SaveBar
          part="source"
          label={editing === null ? 'Save and watch it' : 'Save'}
          check={check}
        >
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
