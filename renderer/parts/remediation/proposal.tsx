import type { RemediationPreview } from '#shared/contract/operations/remediation.ts'
import type { Prepared } from '#shared/contract/operations/execution.ts'
import type { Remediation } from '#shared/domain/remediation/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import type { CodePlace } from '../execution/use-prepared.ts'
import { useRun } from '../execution/use-run.ts'
import { RemediationButton } from './remediation-button.tsx'
import { usePreview } from './use-preview.ts'
import styles from './remediation-cards.module.css'

/** What is proposed: exactly what would run, and the buttons that decide it. */
export function Proposal({ remediation }: { readonly remediation: Remediation }) {
  const { incidentId, policy, runbook, heldBack } = remediation
  const state = usePreview(incidentId, policy, runbook)
  const preview = state.kind === 'known' ? state.preview : null
  return (
    <>
      {heldBack === null ? null : <p>Not run by itself: {heldBack}.</p>}
      {state.kind === 'loading' ? <p role="status">Loading what would run…</p> : null}
      {state.kind === 'failed' ? <p role="alert">{describeRefusal(state.error)}</p> : null}
      {preview ? (
        <>
          <Command of={preview.command} />
          <Evidence remediation={remediation} of={preview.evidence} />
        </>
      ) : null}
      <p className={styles.buttons}>
        {preview ? <Run remediation={remediation} of={preview.command} /> : null}
        <RemediationButton
          label="Dismiss"
          name="remediation.dismiss"
          input={{ incidentId, policy }}
        />
      </p>
    </>
  )
}

interface EvidenceProps {
  readonly remediation: Remediation
  readonly of: readonly RemediationPreview[]
}

/** What is gathered before anything is changed, and how far that is. */
function Evidence({ remediation: { incidentId, since }, of }: EvidenceProps) {
  const executions = useMirror(({ watch }) => watch?.executions)
  if (of.length === 0) return null
  const gathered = [...(executions?.values() ?? [])].filter(
    (each) =>
      each.incidentId === incidentId && each.reason === 'remediation' && each.requestedAt >= since,
  )
  const words = of.map(({ name, problem, prepared }) => {
    const execution = gathered.find(({ title }) => title === name)
    const how = execution
      ? execution.result
        ? 'gathered'
        : 'running'
      : (problem ?? prepared?.refusedBecause ?? 'not gathered yet')
    return `${name} (${how})`
  })
  return <p className={styles.about}>Evidence: {words.join(', ')}</p>
}

function Command({ of: { prepared, problem } }: { readonly of: RemediationPreview }) {
  if (!prepared) return <p role="alert">{problem}</p>
  const { shown, risk, targets, refusedBecause } = prepared
  const targetWords = targets.map(({ kind, value }) => `${kind} ${value}`)
  return (
    <>
      <p className={styles.about}>Would run: {[risk, ...targetWords].join(' · ')}</p>
      <pre className={styles.command} tabIndex={0} data-scrolls="" aria-label="Command">
        {shown}
      </pre>
      {refusedBecause === null ? null : <p>{refusedBecause}</p>}
    </>
  )
}

interface RunProps {
  readonly remediation: Remediation
  readonly of: RemediationPreview
}

/** Goes the way of any command that a person runs; what cannot be run from here leads to its runbook. */
function Run({ remediation: { incidentId, runbook }, of: { place, prepared } }: RunProps) {
  const actions = useActions()
  if (!place || !prepared) return null
  if (prepared.trust === 'trusted' && prepared.refusedBecause === null) {
    return <RunTrusted place={{ incidentId, ...place, values: {} }} prepared={prepared} />
  }
  return (
    <ActionButton
      label={prepared.trust === 'trusted' ? 'Open the runbook' : 'Open the runbook to trust it'}
      onPress={() => actions.showRunbook({ id: runbook, fragment: null, incidentId })}
    />
  )
}

interface RunTrustedProps {
  readonly place: CodePlace
  readonly prepared: Prepared
}

function RunTrusted({ place, prepared }: RunTrustedProps) {
  const actions = useActions()
  const forbidden = useMirror((state) => refusalOf(state, 'execution.start'))
  const { run, isPending } = useRun(place, prepared)
  return (
    <ActionButton
      label="Run"
      tone="primary"
      isPending={isPending}
      refusedBecause={forbidden}
      onPress={() => {
        if (prepared.asks === 'press') void run()
        else actions.open({ kind: 'run', place, prepared })
      }}
      onRefused={(reason) => actions.refuse(place.incidentId, 'execution.start', reason)}
    />
  )
}
