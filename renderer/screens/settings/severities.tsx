import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { SeverityRuleTexts } from '#shared/contract/settings.ts'
import { severities, severityWord } from '#shared/domain/severity/schema.ts'
import { commonWords } from '#shared/domain/severity/words.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { MappedNote } from '../../parts/severity/mapped-note.tsx'
import { UnknownWord } from '../../parts/severity/unknown-word.tsx'
import { unknownWords } from '../../parts/severity/unknown-words.ts'
import { checkCondition, previewSeverities } from './settings-preview.ts'
import { plural } from '../../text/plural.ts'
import { SelectField, TextField } from '../../components/fields/controls.tsx'
import { SaveBar } from './save-bar.tsx'
import screen from './settings.module.css'
import styles from './severities.module.css'

const none: readonly SeverityRuleTexts[] = []
const noAlerts = new Map<string, never>()
const choices = severities.map((value) => ({ value, label: `${value} ${severityWord[value]}` }))

/** Unknown words that are listed at a time. */
const MAX_UNKNOWN = 20

/** Which alerts are how bad: own rules first, then the words that sources commonly use. */
export function Severities() {
  const { actions } = useSettingsModel()
  const rules = useSettings(({ drafts, file }) => drafts.severity?.value ?? file?.severity ?? none)
  const alerts = useMirror(({ watch }) => watch?.alerts ?? noAlerts)
  const sources = useMirror(({ watch }) => watch?.sources)
  const shownRules = useDeferredValue(rules)
  const shownAlerts = useDeferredValue(alerts)
  const preview = useMemo(
    () => previewSeverities(shownRules, shownAlerts.values(), sources),
    [shownRules, shownAlerts, sources],
  )
  const unknown = useMemo(() => unknownWords(shownAlerts.values()), [shownAlerts])
  const [mapped, setMapped] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)

  const put = (next: readonly SeverityRuleTexts[]) => actions.edit('severity', next)
  const change = (index: number, rule: SeverityRuleTexts) => put(rules.with(index, rule))
  const move = (index: number, by: 1 | -1) => {
    const rule = rules[index]
    const other = rules[index + by]
    if (rule && other) put(rules.with(index, other).with(index + by, rule))
  }
  const check = () => {
    const wrong = rules.findIndex(({ when }) => checkCondition(when) !== null)
    if (wrong === -1) return null
    list.current?.querySelectorAll('input')[wrong]?.focus()
    return `rule ${String(wrong + 1)} is invalid`
  }
  return (
    <>
      <p className={screen.lead}>
        The first rule that matches an alert sets its severity. Counts are of current alerts.
      </p>
      <MappedNote text={mapped} />
      {unknown.length === 0 ? null : (
        <section className={screen.panel} aria-labelledby="unknown-words">
          <h3 id="unknown-words" className={screen.heading}>
            Unknown severities
          </h3>
          <p className={screen.lead}>
            No rule maps these values of the label “severity”. Each counts as P2 and has paged once
            whatever was muted.
          </p>
          {unknown.slice(0, MAX_UNKNOWN).map(({ word, alerts: count }) => (
            <UnknownWord
              key={word}
              word={word}
              note={plural(count, 'alert')}
              onMapped={setMapped}
            />
          ))}
          {unknown.length > MAX_UNKNOWN ? (
            <p className={screen.lead}>{plural(unknown.length - MAX_UNKNOWN, 'more value')}</p>
          ) : null}
        </section>
      )}
      <section className={screen.panel} aria-labelledby="own-rules">
        <h3 id="own-rules" className={screen.heading}>
          {' '}
          Severity rules{' '}
        </h3>
        {rules.length === 0 ? (
          <p className={screen.lead}>
            No rules: the default mapping applies. Add a rule where your severities differ.
          </p>
        ) : null}
        <ul ref={list} className={styles.rules}>
          {rules.map((rule, index) => {
            const number = String(index + 1)
            const count = preview.own[index] ?? null
            return (
              // The order is what is edited: a rule is its place.
              <li key={number} className={styles.rule}>
                <TextField
                  label={`Rule ${number}: alerts ${rule.realm === undefined ? '' : `of realm ${rule.realm} `}with`}
                  placeholder={'team="billing", severity="page"'}
                  isMono
                  value={rule.when}
                  error={rule.when === '' ? undefined : (checkCondition(rule.when) ?? undefined)}
                  onChange={(when) => change(index, { ...rule, when })}
                />
                <SelectField
                  label="Severity"
                  value={rule.is}
                  options={choices}
                  onChange={(is) => change(index, { ...rule, is })}
                />
                <span className={styles.count}>
                  {count === null ? '–' : plural(count, 'alert')}
                </span>
                <span className={styles.tools}>
                  <IconButton
                    label={`Move rule ${number} up`}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  >
                    <IconArrowUp size={16} />
                  </IconButton>
                  <IconButton
                    label={`Move rule ${number} down`}
                    disabled={index === rules.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    <IconArrowDown size={16} />
                  </IconButton>
                  <IconButton
                    label={`Remove rule ${number}`}
                    onClick={() => put(rules.toSpliced(index, 1))}
                  >
                    <IconTrash size={16} />
                  </IconButton>
                </span>
              </li>
            )
          })}
        </ul>
        <div>
          <TextButton onClick={() => put([...rules, { when: '', is: 'P1' }])}>
            Add a rule
          </TextButton>
        </div>
        <SaveBar part="severity" check={check} />
      </section>
      <section className={screen.panel} aria-labelledby="common-words">
        <h3 id="common-words" className={screen.heading}>
          Default mapping of the label “severity”
        </h3>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Label value, however it is written</th>
              <th scope="col">Severity</th>
              <th scope="col">Current alerts</th>
            </tr>
          </thead>
          <tbody>
            {commonWords.map(({ words, is }, index) => (
              <tr key={is}>
                <td className={styles.words}>{words.join(', ')}</td>
                <td>
                  <SeverityMark severity={is} tone="quiet" />
                </td>
                <td>{plural(preview.common[index] ?? 0, 'alert')}</td>
              </tr>
            ))}
            <tr>
              <td className={styles.words}>any other value, or no label</td>
              <td>
                <SeverityMark severity="P2" tone="quiet" />
              </td>
              <td>{plural(preview.unmapped, 'alert')}</td>
            </tr>
          </tbody>
        </table>
      </section>
    </>
  )
}
