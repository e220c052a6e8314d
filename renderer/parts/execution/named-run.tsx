import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { outcomeWords, tookWords } from '#shared/domain/execution/words.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { useRequest } from '../../components/use-request.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { latestOf } from './latest.ts'
import { VerdictMark } from './verdict-mark.tsx'
import styles from './named-run.module.css'

interface NamedRunProps {
  readonly incidentId: string
  /** Of the diagnostic, as the plan names it. */
  readonly name: string
  /** It offers to be run. */
  readonly isActive: boolean
  /** The key wants it to be run: another object each time. */
  readonly runRequest: object | null
}

/** What a step of a plan runs: what it showed last, and the way to run it. */
export function NamedRun({ incidentId, name, isActive, runRequest }: NamedRunProps) {
  const actions = useActions()
  const { client, runbooks } = useCockpit()
  const forbidden = useMirror((state) => refusalOf(state, 'execution.start'))
  const executions = useMirror(({ watch }) => watch?.executions)
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const latest = latestOf(executions?.values() ?? [], incidentId)
    .filter(({ title }) => title === name)
    .toSorted((a, b) => b.requestedAt - a.requestedAt)[0]
  const result = latest?.result

  /** Runs it, or asks what has to be asked before. */
  const begin = async (): Promise<ContractError | string | null> => {
    const found = await client.request('execution.find', { incidentId, name })
    if (!found.ok) return found.error
    const place = { incidentId, ...found.value, values: {} }
    const answer = await client.request('execution.prepare', place)
    if (!answer.ok) return answer.error
    const prepared = answer.value
    if (prepared.refusedBecause !== null) return prepared.refusedBecause
    if (prepared.trust !== 'trusted') {
      const read = await runbooks.read(place.runbook)
      if (!read.ok) return read.error
      const { entry, text } = read.value
      const { runbook } = place
      actions.open({ kind: 'trust', runbook, hash: entry.hash ?? '', title: entry.title, text })
      return null
    }
    if (prepared.asks !== 'press') {
      actions.open({ kind: 'run', place, prepared })
      return null
    }
    const started = await client.request('execution.start', place)
    return started.ok ? null : started.error
  }
  const press = () => {
    if (isPending || forbidden !== null || latest?.result === null) return
    setPending(true)
    setProblem(null)
    void begin().then((refused) => {
      setPending(false)
      if (refused !== null) {
        setProblem(typeof refused === 'string' ? refused : describeRefusal(refused))
      }
    })
  }
  useRequest(isActive ? runRequest : null, press)

  return (
    <div className={styles.run}>
      {latest === undefined ? null : result ? (
        result.outcome.kind === 'not-started' ? (
          <span className={styles.summary}>Not run: {result.outcome.message}</span>
        ) : (
          <span className={styles.result}>
            <VerdictMark verdict={result.verdict} />
            <span className={styles.summary}>
              {result.summary === '' ? outcomeWords(result.outcome) : result.summary}
            </span>
            <span className={styles.took}>{tookWords(result.durationMs)}</span>
          </span>
        )
      ) : (
        <span role="status">running</span>
      )}
      {isActive && forbidden === null ? (
        <SmallButton tabIndex={-1} aria-busy={isPending} aria-keyshortcuts="Enter" onClick={press}>
          {latest === undefined ? `Run ${name}` : 'Run again'} <KeyHint>⏎</KeyHint>
        </SmallButton>
      ) : null}
      {problem === null ? null : (
        <span className={styles.problem} role="status">
          {problem}
        </span>
      )}
    </div>
  )
}
