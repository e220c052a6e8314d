import { useState } from 'react'
import type { FileChange, FileValue } from '#shared/contract/playbook.ts'
import { severities } from '#shared/domain/severity/schema.ts'
import { SelectField } from '../../components/fields/controls.tsx'
import { TextButton } from '../../components/text-button.tsx'
import {
  isMap,
  linesChange,
  listAt,
  textAt,
  textChange,
  textPlace,
  valueAt,
  type At,
} from './plan-values.ts'
import { WrittenField } from './written-field.tsx'
import styles from './plan-form.module.css'

interface PlanFormProps {
  /** What the file holds. */
  readonly value: FileValue
  readonly isReadOnly: boolean
  readonly onChange: (changes: readonly FileChange[]) => void
}

interface FormProps extends PlanFormProps {
  /** The field that was just asked for, by its place; it takes the focus as soon as it is there. */
  readonly added: string | null
  /** Says which field was asked for; null once it has the focus. */
  readonly onAdded: (place: string | null) => void
}

const basics = [
  ['Id', ['plan'], 'Small letters, digits and dashes; it stays for ever'],
  ['Title', ['title'], undefined],
  ['Owner', ['owner'], 'team:payments, person:ada, or a name'],
  ['Extends', ['extends'], 'The plan that gives what is left out here'],
  ['Service', ['service'], undefined],
  ['Escalation path', ['escalation'], undefined],
  ['Runbook', ['runbook'], 'A file of the playbook, or an address'],
] as const

const impactTexts = [
  ['Sentence at the top', ['impact', 'says'], 'With {values} of the plan in it'],
  ['What it does', ['impact', 'description'], undefined],
  ['Affected users', ['impact', 'affectedUsers'], undefined],
  ['Revenue at risk', ['impact', 'revenueRisk'], undefined],
] as const

/** The parts of a plan that people write most, as fields; all of it stands in the file beside it. */
export function PlanForm({ value, isReadOnly, onChange }: PlanFormProps) {
  const [added, setAdded] = useState<string | null>(null)
  const props: FormProps = { value, isReadOnly, onChange, added, onAdded: setAdded }
  const severity = textAt(value, ['severity'])
  return (
    <div className={styles.form} role="group" aria-label="Form">
      {basics.map(([label, at, hint]) => (
        <TextAt key={label} {...props} label={label} at={[...at]} hint={hint} />
      ))}
      <SelectField
        label="Severity"
        value={severity}
        options={[
          { value: '', label: 'from the alert' },
          ...severities.map((each) => ({ value: each, label: each })),
        ]}
        onChange={(chosen) => {
          if (!isReadOnly) onChange([textChange(['severity'], chosen)])
        }}
      />
      <WrittenField
        label="Matches alerts with"
        hint="A condition a line; all must hold"
        placeholder={'alertname="HighLatency"'}
        value={listAt(value, ['match']).map(plain).join('\n')}
        isReadOnly={isReadOnly}
        isLong
        isMono
        onWrite={(text) => onChange([linesChange(['match'], text)])}
      />
      <fieldset className={styles.group}>
        <legend>Impact</legend>
        {impactTexts.map(([label, at, hint]) => (
          <TextAt key={label} {...props} label={label} at={[...at]} hint={hint} isLong />
        ))}
      </fieldset>
      <Phases {...props} />
      <Options {...props} />
      <FixedWhen {...props} />
      <p className={styles.rest}>
        Values, triggers, clocks, communication and the rest are written in the file.
      </p>
    </div>
  )
}

interface TextAtProps extends FormProps {
  readonly label: string
  readonly at: At
  readonly hint?: string | undefined
  readonly isLong?: boolean
}

function TextAt({
  value,
  isReadOnly,
  onChange,
  added,
  onAdded,
  label,
  at,
  hint,
  isLong = false,
}: TextAtProps) {
  // Only what was added and is not written yet stands there as an empty text.
  const isEmpty = valueAt(value, at) === ''
  return (
    <WrittenField
      label={label}
      {...(hint === undefined ? {} : { hint })}
      {...(isEmpty ? { error: 'Write it or remove it: it is not saved while it is empty' } : {})}
      isWanted={added === keyOf(at)}
      onWanted={() => onAdded(null)}
      value={textAt(value, at)}
      isReadOnly={isReadOnly}
      isLong={isLong}
      onWrite={(text) => onChange([textChange(at, text)])}
    />
  )
}

function Phases(props: FormProps) {
  const { value, isReadOnly } = props
  const phases = listAt(value, ['phases'])
  return (
    <>
      {phases.map((_, index) => {
        const at: At = ['phases', index]
        const number = String(index + 1)
        return (
          // A place in a list is all that tells one from another.
          <fieldset key={index} className={styles.group}>
            <legend>
              Phase {number}
              <RemoveButton {...props} what={`phase ${number}`} at={at} />
            </legend>
            <div className={styles.pair}>
              <TextAt {...props} label={`Name of phase ${number}`} at={[...at, 'name']} />
              <TextAt
                {...props}
                label={`Until (phase ${number})`}
                at={[...at, 'until']}
                hint="From the start of the incident: 15m, 2h"
              />
            </div>
            <Entries {...props} what="step" of={`phase ${number}`} at={[...at, 'steps']} />
          </fieldset>
        )
      })}
      {isReadOnly ? null : (
        <TextButton onClick={() => add(props, ['phases'], { name: '', steps: [] }, ['name'])}>
          Add a phase
        </TextButton>
      )}
    </>
  )
}

function Options(props: FormProps) {
  const { value, isReadOnly } = props
  return (
    <fieldset className={styles.group}>
      <legend>Options</legend>
      {listAt(value, ['options']).map((_, index) => {
        const at: At = ['options', index]
        const number = String(index + 1)
        return (
          <div key={index} className={styles.entry}>
            <div className={styles.grow}>
              <TextAt {...props} label={`Option ${number}`} at={[...at, 'name']} />
              <TextAt
                {...props}
                label={`Rollback of option ${number}`}
                at={[...at, 'rollback']}
                isLong
              />
            </div>
            <RemoveButton {...props} what={`option ${number}`} at={at} />
          </div>
        )
      })}
      {isReadOnly ? null : (
        <TextButton onClick={() => add(props, ['options'], { name: '' }, ['name'])}>
          Add an option
        </TextButton>
      )}
    </fieldset>
  )
}

function FixedWhen(props: FormProps) {
  return (
    <fieldset className={styles.group}>
      <legend>Fixed when</legend>
      <Entries {...props} what="condition" of="“fixed when”" at={['fixedWhen']} />
    </fieldset>
  )
}

interface EntriesProps extends FormProps {
  readonly what: string
  readonly of: string
  readonly at: At
}

/** A list of texts; an entry with keys shows its text, and its other keys stay. */
function Entries({ what, of, at, ...props }: EntriesProps) {
  const { value, isReadOnly } = props
  return (
    <>
      {listAt(value, at).map((entry, index) => {
        const place: At = [...at, index]
        const isMeasured = isMap(entry) && Object.hasOwn(entry, 'promql')
        const name = `${what} ${String(index + 1)} of ${of}`
        return (
          <div key={index} className={styles.entry}>
            <div className={styles.grow}>
              <TextAt
                {...props}
                label={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}
                at={textPlace(value, place)}
                hint={isMeasured ? `Measured: ${textAt(value, [...place, 'promql'])}` : undefined}
                isLong
              />
            </div>
            <RemoveButton {...props} what={name} at={place} />
          </div>
        )
      })}
      {isReadOnly ? null : (
        <TextButton aria-label={`Add a ${what} to ${of}`} onClick={() => add(props, at, '', [])}>
          Add a {what}
        </TextButton>
      )}
    </>
  )
}

interface RemoveButtonProps extends PlanFormProps {
  readonly what: string
  readonly at: At
}

function RemoveButton({ isReadOnly, onChange, what, at }: RemoveButtonProps) {
  if (isReadOnly) return null
  return (
    <TextButton aria-label={`Remove ${what}`} onClick={() => onChange([{ at }])}>
      Remove
    </TextButton>
  )
}

/**
 * Adds an entry at the end of a list, which may not be there yet, and leads to its field. It is empty,
 * which no plan may be saved with: a placeholder would be followed by somebody.
 *
 * @param to where its first field is, within the entry.
 */
function add({ value, onChange, onAdded }: FormProps, at: At, entry: FileValue, to: At): void {
  const { length } = listAt(value, at)
  onAdded(keyOf([...at, length, ...to]))
  onChange([length > 0 ? { at: [...at, length], value: entry } : { at, value: [entry] }])
}

function keyOf(at: At): string {
  return JSON.stringify(at)
}

function plain(value: FileValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
