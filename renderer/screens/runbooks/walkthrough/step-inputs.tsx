import { useMemo } from 'react'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { fillInputs } from '#shared/domain/runbook/inputs/fill.ts'
import { inputsOf } from '#shared/domain/runbook/inputs/inputs-of.ts'
import type { FilledInput, Origin } from '#shared/domain/runbook/inputs/schema.ts'
import type { Step } from '#shared/domain/runbook/schema.ts'
import { inputFactsOf } from '#shared/domain/watch/input-facts.ts'
import { Field } from '../../../components/fields/field.tsx'
import fieldStyles from '../../../components/fields/fields.module.css'
import { PanelHeading } from '../../../components/panel-heading.tsx'
import { useCockpit, useMirror } from '../../../engine/cockpit/context.ts'
import { plural } from '../../../text/plural.ts'
import type { FollowedRunbook } from './followed-runbook.ts'
import styles from './step-inputs.module.css'

interface StepInputsProps {
  readonly followed: FollowedRunbook
  readonly step: Step
  /** What was entered, by the id of the input, for all steps of the runbook. */
  readonly entered: Readonly<Record<string, string>>
  /** @param value null: what was entered is taken back. */
  readonly onEnter: (id: string, value: string | null) => void
}

/** What the commands of a step are filled in with, and where that comes from. */
export function StepInputs({ followed, step, entered, onEnter }: StepInputsProps) {
  const inputs = useInputs(followed, step, entered)
  if (inputs.length === 0) return null
  return (
    <section className={styles.inputs} aria-label="Inputs">
      <PanelHeading title="Inputs" />
      {inputs.map((input) => (
        <InputField key={input.id} input={input} onEnter={onEnter} />
      ))}
    </section>
  )
}

interface InputFieldProps {
  readonly input: FilledInput
  readonly onEnter: (id: string, value: string | null) => void
}

function InputField({ input, onEnter }: InputFieldProps) {
  const { id, name, description, value, choices, origin } = input
  const list = choices.length === 0 ? undefined : `choices-${id}`
  const hint = [description, originText(origin)].filter((part) => part !== null).join(' · ')
  return (
    <Field label={name} hint={hint}>
      {(control) => (
        <>
          <input
            {...control}
            className={fieldStyles.input}
            value={value ?? ''}
            list={list}
            autoComplete="off"
            spellCheck={false}
            placeholder={choices.length === 0 ? 'Value' : 'Choose or type'}
            onChange={({ target }) => onEnter(id, target.value === '' ? null : target.value)}
          />
          {list === undefined ? null : (
            <datalist id={list}>
              {choices.map((choice) => (
                <option
                  key={choice.value}
                  value={choice.value}
                  label={plural(choice.alerts, 'alert')}
                />
              ))}
            </datalist>
          )}
          {choices.length > 0 && value === null ? (
            <span className={styles.choices}>
              {choices.slice(0, MAX_BUTTONS).map((choice) => (
                <button
                  key={choice.value}
                  type="button"
                  className={styles.choice}
                  title={plural(choice.alerts, 'alert')}
                  onClick={() => onEnter(id, choice.value)}
                >
                  {choice.value}
                </button>
              ))}
            </span>
          ) : null}
        </>
      )}
    </Field>
  )
}

/** Choices that are a press away; the field offers all of them. */
const MAX_BUTTONS = 6

/** Where a value comes from, in words. */
function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'entered':
      return 'entered here'
    case 'captured':
      return 'from an earlier step'
    case 'plan':
      return 'from the plan'
    case 'runbook':
      return 'from the runbook'
    case 'label':
      return origin.part === 'host'
        ? `host of the label ${origin.name}`
        : `label ${origin.name} of the alert`
    case 'value':
      return 'value of the alert'
    case 'annotation':
      return `annotation ${origin.name} of the alert`
    case 'incident':
      return 'from the incident'
    case 'fallback':
      return 'default of the runbook'
    case 'missing':
      return origin.why === 'choose' ? 'the alerts differ: choose one' : 'to be filled in'
  }
}

function useInputs(
  { incident, id, runbook }: FollowedRunbook,
  step: Step,
  entered: Readonly<Record<string, string>>,
): readonly FilledInput[] {
  const { mirror } = useCockpit()
  const executions = useMirror(({ watch }) => watch?.executions)
  return useMemo(() => {
    const { watch } = mirror.getState()
    const facts =
      watch && inputFactsOf(watch, { incidentId: incident.id, runbookId: id, runbook, entered })
    return facts ? fillInputs(inputsOf(codesOf(step), runbook), facts) : []
    // The revision says when the incident or one of its alerts changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the facts are those of this revision
  }, [mirror, incident.id, incident.revision, executions, id, runbook, step, entered])
}
