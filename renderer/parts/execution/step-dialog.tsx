import { useEffect, useState } from 'react'
import type { Execution } from '#shared/domain/execution/schema.ts'
import { stepText } from '#shared/domain/runbook/step-text.ts'
import { ActionButton } from '../../components/action-button.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { addStep, runbookFilesOf, type RunbookFiles } from './add-step.ts'
import styles from './run-dialog.module.css'

/** So much of an output is looked at, bytes: a step shows its beginning. */
const LOOKED_AT = 8 * 1024

/** Makes a step of a runbook of what was run in a terminal: to be copied, or added to a file. */
export function StepDialog({ execution }: { readonly execution: Execution }) {
  const actions = useActions()
  const { client, announcements } = useCockpit()
  const forbidden = useMirror((state) => refusalOf(state, 'playbook.save'))
  const [title, setTitle] = useState('')
  const [output, setOutput] = useState('')
  const [files, setFiles] = useState<RunbookFiles | null>(null)
  const [chosen, setChosen] = useState('')
  const [isPending, setPending] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const { executionId, shown, result } = execution
  useEffect(() => {
    let isWanted = true
    void client
      .request('execution.output', { executionId, offset: 0, limit: LOOKED_AT })
      .then((page) => {
        if (isWanted && page.ok) setOutput(page.value.text)
      })
    void runbookFilesOf(client).then((found) => {
      if (!isWanted) return
      setFiles(found)
      setChosen(found.paths[0] ?? '')
    })
    return () => {
      isWanted = false
    }
  }, [client, executionId])
  const exitCode = result?.outcome.kind === 'exited' ? result.outcome.code : null
  const step = stepText({ title, command: shown, output, exitCode })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(step)
      announcements.tell({ politeness: 'polite', text: 'Copied the step' })
      actions.closeDialog()
    } catch {
      setRefused('The browser refused to copy: select the text and copy it.')
    }
  }
  const add = async () => {
    if (isPending || chosen === '') return
    setPending(true)
    setRefused(null)
    const problem = await addStep(client, chosen, step)
    setPending(false)
    if (problem !== null) {
      setRefused(problem)
      return
    }
    announcements.tell({ politeness: 'polite', text: `Added to ${chosen}` })
    actions.closeDialog()
  }
  const isAddable = files?.isEditable === true && files.paths.length > 0
  return (
    <div className={formStyles.form}>
      <Field label="What the step is for">
        {(control) => (
          <input
            {...control}
            className={fieldStyles.input}
            data-autofocus
            value={title}
            maxLength={300}
            placeholder="Are all payment pods ready?"
            onChange={({ target }) => setTitle(target.value)}
          />
        )}
      </Field>
      <pre className={styles.command} tabIndex={0} data-scrolls="" aria-label="The step">
        {step}
      </pre>
      {isAddable ? (
        <Field label="Runbook" hint="The step is added at its end.">
          {(control) => (
            <select
              {...control}
              className={fieldStyles.input}
              value={chosen}
              onChange={({ target }) => setChosen(target.value)}
            >
              {files.paths.map((path) => (
                <option key={path} value={path}>
                  {path}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : files ? (
        <p>{files.why}</p>
      ) : null}
      <DialogRefusals refused={refused} forbidden={isAddable ? forbidden : null} />
      <div className={styles.buttons}>
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label="Copy"
          tone={isAddable ? 'plain' : 'primary'}
          onPress={() => void copy()}
        />
        {isAddable ? (
          <ActionButton
            label="Add to the runbook"
            tone="primary"
            isPending={isPending}
            refusedBecause={forbidden}
            onPress={() => void add()}
          />
        ) : null}
      </div>
    </div>
  )
}
