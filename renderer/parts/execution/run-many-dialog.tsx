import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { PreparedMany } from '#shared/contract/operations/many-targets.ts'
import { ActionButton } from '../../components/action-button.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { plural } from '../../text/plural.ts'
import { useManyAnswer, type ManyPlace } from './use-many.ts'
import runStyles from './run-dialog.module.css'
import styles from './target-matrix.module.css'

interface RunManyDialogProps {
  readonly place: ManyPlace
}

/** Asks before something is changed on some targets: what runs on each. */
export function RunManyDialog({ place }: RunManyDialogProps) {
  const actions = useActions()
  const { client } = useCockpit()
  const forbidden = useMirror((state) => refusalOf(state, 'execution.start-many'))
  const state = useManyAnswer(place)
  const [isPending, setPending] = useState(false)
  const [refused, setRefused] = useState<ContractError | null>(null)
  const prepared = state?.kind === 'prepared' ? state.prepared : null
  const problem = refused ?? (state?.kind === 'failed' ? state.error : null)
  const unready =
    forbidden ?? (prepared ? prepared.refusedBecause : (problem?.message ?? 'Not loaded yet.'))
  const run = async () => {
    if (isPending || unready !== null || prepared === null) return
    setPending(true)
    const result = await client.request('execution.start-many', {
      ...place,
      confirmed: prepared.seal,
    })
    setPending(false)
    if (result.ok) actions.closeDialog()
    else setRefused(result.error)
  }
  return (
    <div className={formStyles.form}>
      {prepared ? <WhatRuns prepared={prepared} /> : <p>{problem ? '' : 'Loading…'}</p>}
      <DialogRefusals
        refused={problem && describeRefusal(problem)}
        forbidden={forbidden ?? prepared?.refusedBecause ?? null}
      />
      <div className={runStyles.buttons}>
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label={prepared ? `Run on ${plural(prepared.targets.length, prepared.noun)}` : 'Run'}
          tone="primary"
          isPending={isPending}
          refusedBecause={unready}
          onPress={() => void run()}
        />
      </div>
    </div>
  )
}

function WhatRuns({ prepared: { common, targets } }: { readonly prepared: PreparedMany }) {
  return (
    <>
      <dl className={runStyles.targets}>
        {common.map(({ kind, value }) => (
          <div key={`${kind} ${value}`}>
            <dt>{kind}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles.commands} tabIndex={0} data-scrolls="" aria-label="What runs">
        {targets.map(({ name, shown, refusedBecause }) => (
          <li key={name}>
            <strong>{name}</strong>
            <pre className={styles.command}>{shown}</pre>
            {refusedBecause === null ? null : (
              <span className={styles.soft}>Not run there: {refusedBecause}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
