import { useRef, useState } from 'react'
import type { Execution } from '#shared/domain/execution/schema.ts'
import { outcomeWords, tookWords } from '#shared/domain/execution/words.ts'
import { Age } from '../../components/age.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useRequest } from '../../components/use-request.ts'
import { useActions, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { plural } from '../../text/plural.ts'
import { ExecutionOutput } from './execution-output.tsx'
import { GroupLine } from './group-line.tsx'
import { lastOfTerminal, latestOf, problemFirst, summaryOf } from './latest.ts'
import { VerdictMark } from './verdict-mark.tsx'
import styles from './diagnostics.module.css'

/** So many are shown before somebody wants to see all: what is not as expected is among them. */
const SHOWN = 3

/** What was run for an incident and what came of it: what is not as expected first. */
export function Diagnostics({ incidentId }: { readonly incidentId: string }) {
  const executions = useMirror(({ watch }) => watch?.executions)
  const box = useRef<HTMLElement>(null)
  const [isOpen, setOpen] = useState(false)
  useRequest(
    useUi(({ evidenceRequest }) =>
      evidenceRequest?.incidentId === incidentId ? evidenceRequest : null,
    ),
    () => {
      setOpen(!isOpen)
      box.current?.scrollIntoView({ block: 'nearest' })
    },
  )
  const all = problemFirst(latestOf(executions?.values() ?? [], incidentId))
  if (all.length === 0) return null
  const shown = isOpen ? all : all.slice(0, SHOWN)
  const last = lastOfTerminal(all, incidentId)
  return (
    <section ref={box} className={styles.box} aria-labelledby="diagnostics-title">
      <h3 id="diagnostics-title" className={styles.title}>
        Diagnostics <span className={styles.count}>{summaryOf(all)}</span>
        {all.length > SHOWN ? (
          <TextButton
            aria-expanded={isOpen}
            aria-keyshortcuts={keyOf('evidence')}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Fewer' : `All ${plural(all.length, 'run')}`}{' '}
            <KeyHint>{keyOf('evidence')}</KeyHint>
          </TextButton>
        ) : null}
      </h3>
      <ul>
        {shown.map((execution) =>
          execution.group ? (
            <GroupLine key={execution.group.id} title={execution.title} group={execution.group} />
          ) : (
            <Line
              key={execution.executionId}
              execution={execution}
              hasKey={execution.executionId === last?.executionId}
            />
          ),
        )}
      </ul>
    </section>
  )
}

interface LineProps {
  readonly execution: Execution
  /** True for the one of which the key makes a step. */
  readonly hasKey: boolean
}

/** One of them in a line; its output unfolds. */
function Line({ execution, hasKey }: LineProps) {
  const actions = useActions()
  const [isOpen, setOpen] = useState(false)
  const { title, result, startedAt, requestedAt, incidentId, runbook, step } = execution
  const isRun = result?.outcome.kind !== 'not-started'
  return (
    <li className={styles.line}>
      <div className={styles.row}>
        {isRun ? (
          <button
            type="button"
            className={styles.name}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {title}
          </button>
        ) : (
          <span className={styles.name}>{title}</span>
        )}
        {result ? (
          isRun ? (
            <>
              <VerdictMark verdict={result.verdict} />
              <span className={styles.summary}>
                {result.summary === '' ? outcomeWords(result.outcome) : result.summary}
              </span>
              <span className={styles.took}>{tookWords(result.durationMs)}</span>
              {execution.reason === 'terminal' ? (
                <TextButton
                  aria-keyshortcuts={hasKey ? keyOf('runbook-step') : undefined}
                  onClick={() => actions.open({ kind: 'step', execution })}
                >
                  Add to a runbook… {hasKey ? <KeyHint>{keyOf('runbook-step')}</KeyHint> : null}
                </TextButton>
              ) : null}
            </>
          ) : (
            <span className={styles.summary}>
              Not run: {result.outcome.kind === 'not-started' ? result.outcome.message : ''}{' '}
              {runbook === null ? null : (
                <TextButton
                  onClick={() => {
                    actions.showRunbook({ id: runbook, fragment: null, incidentId, step })
                  }}
                >
                  Open the runbook
                </TextButton>
              )}
            </span>
          )
        ) : (
          <span className={styles.summary} role="status">
            running <Age since={startedAt ?? requestedAt} />
          </span>
        )}
      </div>
      {isOpen ? (
        <div className={styles.output}>
          <ExecutionOutput execution={execution} />
        </div>
      ) : null}
    </li>
  )
}
