import { checkKindOf, type CheckKind } from '#shared/domain/runbook/check/schema.ts'
import { placeQueryKindOf, type PlaceQueryKind } from '#shared/domain/runbook/query/schema.ts'
import type { Code, Step } from '#shared/domain/runbook/schema.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { latestOfGroup } from '#shared/domain/execution/groups.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Prepared } from '#shared/contract/operations/execution.ts'
import { ActionButton } from '../../../components/action-button.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { useActions, useMirror } from '../../../engine/cockpit/context.ts'
import { describeRefusal } from '../../../engine/commands/command-words.ts'
import { refusalOf } from '../../../engine/commands/availability.ts'
import { ExecutionOutput } from '../../../parts/execution/execution-output.tsx'
import { ManyResults } from '../../../parts/execution/many-results.tsx'
import { RunOnAll } from '../../../parts/execution/run-on-all.tsx'
import { useManyPrepared, useRunMany } from '../../../parts/execution/use-many.ts'
import { usePrepared, type CodePlace } from '../../../parts/execution/use-prepared.ts'
import { useRun } from '../../../parts/execution/use-run.ts'
import { useRequest } from '../../../components/use-request.ts'
import { useRunbooks } from '../runbooks-model.ts'
import type { FollowedRunbook } from './followed-runbook.ts'
import styles from './step-code.module.css'

const kinds: Readonly<Record<Exclude<Code['kind'], 'check'>, string>> = {
  command: 'command',
  query: 'PromQL query',
  copy: 'text',
}

const checks: Readonly<Record<CheckKind, string>> = {
  http: 'HTTP check',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS certificate',
}

const placeQueries: Readonly<Record<PlaceQueryKind, string>> = {
  sql: 'SQL query',
  logql: 'LogQL query',
  elasticsearch: 'Elasticsearch query',
}

/** What a code is called: `PromQL query`, `HTTP check`. */
function nameOf({ kind, language }: Pick<Code, 'kind' | 'language'>): string {
  const query = kind === 'query' ? placeQueryKindOf(language) : null
  if (query !== null) return placeQueries[query]
  if (kind !== 'check') return kinds[kind]
  const check = checkKindOf(language)
  return check === null ? kinds.copy : checks[check]
}

/** The key of this screen wants the first command of a step to be run: another object each time. */
export interface RunRequest {
  readonly stepId: string
}

interface StepCodeProps {
  readonly followed: FollowedRunbook
  readonly step: Step
  readonly code: Code
  readonly values: Readonly<Record<string, string>>
  readonly runRequest: RunRequest | null
}

/** Code of a step: what can be run is prepared by the engine; the rest is there to be copied. */
export function StepCode(props: StepCodeProps) {
  const { code, step } = props
  const place = codesOf(step).indexOf(code)
  return place < 0 ? <Copied code={code} /> : <Runnable {...props} place={place} />
}

/** Code that can only be copied. */
function Copied({ code }: { readonly code: Code }) {
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <span>{nameOf(code)}</span>
        <CopyButton text={code.run} what="the text" />
      </div>
      <pre className={styles.code}>{code.run}</pre>
    </div>
  )
}

interface RunnableProps extends StepCodeProps {
  /** Among what can be run of the step, counted from 0. */
  readonly place: number
}

function Runnable({ followed, step, code, values, place, runRequest }: RunnableProps) {
  const { incident, id, hash, runbook } = followed
  const actions = useActions()
  const at: CodePlace = {
    incidentId: incident.id,
    runbook: id,
    hash,
    step: step.id,
    code: code.start,
    values,
  }
  const state = usePrepared(at)
  const prepared = state.kind === 'prepared' ? state.prepared : null
  const execution = useLatest(followed, step.id, place)
  const isRunning = useMirror(({ watch }) =>
    execution?.group
      ? latestOfGroup(watch?.executions.values() ?? [], execution.group.id).some(isOpen)
      : execution?.result === null,
  )
  const forbidden = useMirror((mirror) => refusalOf(mirror, 'execution.start'))
  const text = useRunbooks((view) => (view.text.kind === 'read' ? view.text.read.text : ''))
  const { refused, run, isPending } = useRun(at, prepared)
  const many = useManyPrepared(at, { runbook, step, code })
  const runningMany = useRunMany()
  const shown = prepared?.shown ?? code.run
  const isTrusted = prepared === null || prepared.trust === 'trusted'
  // What can run on all is trusted before anybody has chosen one.
  const lacks = !isTrusted && many?.refusedBecause === null ? null : prepared?.refusedBecause
  const refusedBecause =
    forbidden ??
    lacks ??
    (state.kind === 'failed' ? state.error.message : null) ??
    (isRunning ? 'It is running.' : null)
  const press = () => {
    if (refusedBecause !== null || prepared === null) return
    if (!isTrusted) {
      actions.open({ kind: 'trust', runbook: id, hash, title: runbook.title, text })
    } else if (prepared.asks === 'press') void run()
    else actions.open({ kind: 'run', place: at, prepared })
  }
  // What is pressed before the engine has said what would run waits for that.
  const isAsked = place === 0 && runRequest?.stepId === step.id && state.kind !== 'loading'
  useRequest(isAsked ? runRequest : null, press)
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <span>{prepared ? <Judged prepared={prepared} /> : nameOf(code)}</span>
        <span className={styles.tools}>
          <CopyButton
            text={shown}
            what={code.kind === 'check' ? 'the check' : `the ${nameOf(code)}`}
          />
          <ActionButton
            label={isTrusted ? (execution ? 'Run again' : 'Run') : 'Review and trust'}
            {...(place === 0 ? { hint: '⏎' } : {})}
            isPending={isPending || (state.kind === 'loading' && prepared === null)}
            refusedBecause={refusedBecause}
            onPress={press}
            onRefused={(reason) => actions.refuse(incident.id, 'execution.start', reason)}
          />
          {many ? (
            <RunOnAll
              place={at}
              prepared={many}
              refusedBecause={forbidden ?? (isRunning ? 'It is running.' : null)}
              running={runningMany}
            />
          ) : null}
        </span>
      </div>
      <pre className={styles.code}>{shown}</pre>
      <Reasons
        refusedBecause={isRunning ? null : refusedBecause}
        isTrusted={isTrusted}
        trust={prepared?.trust ?? 'trusted'}
        refused={describedRefusal(refused ?? runningMany.refused)}
      />
      {code.output === null ? null : (
        <details className={styles.expected}>
          <summary>Expected output</summary>
          <pre className={styles.code}>{code.output}</pre>
        </details>
      )}
      {execution?.group ? (
        <ManyResults
          place={at}
          group={execution.group}
          prepared={many}
          isForbidden={forbidden !== null}
          running={runningMany}
        />
      ) : execution ? (
        <ExecutionOutput key={execution.executionId} execution={execution} />
      ) : null}
    </div>
  )
}

function describedRefusal(refused: ContractError | null): string | null {
  return refused && describeRefusal(refused)
}

const ran: Readonly<Record<Exclude<Prepared['kind'], 'command'>, string>> = {
  promql: 'query',
  ...checks,
  ...placeQueries,
}

/** What it is, and what it acts on: `read · context prod-eu1`. */
function Judged({ prepared: { kind, risk, targets } }: { readonly prepared: Prepared }) {
  return (
    <>
      <strong className={styles.risk} data-risk={risk}>
        {kind === 'command' ? risk : ran[kind]}
      </strong>
      {targets.map(({ kind: what, value }) => (
        <span key={`${what} ${value}`}>
          {' · '}
          {what} <strong>{value}</strong>
        </span>
      ))}
    </>
  )
}

interface ReasonsProps {
  readonly refusedBecause: string | null
  readonly isTrusted: boolean
  readonly trust: Prepared['trust']
  readonly refused: string | null
}

/** Why it cannot be run by a press. */
function Reasons({ refusedBecause, isTrusted, trust, refused }: ReasonsProps) {
  return (
    <>
      {refusedBecause === null ? null : <p className={styles.reason}>{refusedBecause}</p>}
      {isTrusted || refusedBecause !== null ? null : (
        <p className={styles.reason}>
          {trust === 'changed'
            ? 'This runbook has changed since its commands were trusted.'
            : 'The commands of this runbook are not trusted yet.'}
        </p>
      )}
      {refused === null ? null : (
        <p className={styles.refused} role="alert">
          {refused}
        </p>
      )}
    </>
  )
}

const isOpen = ({ result }: Pick<Execution, 'result'>) => result === null

/** What was run of it last. */
function useLatest(
  { incident, id }: FollowedRunbook,
  stepId: string,
  place: number,
): Execution | undefined {
  return useMirror(({ watch }) => {
    let latest: Execution | undefined
    for (const each of watch?.executions.values() ?? []) {
      const isOfIt =
        each.incidentId === incident.id &&
        each.runbook === id &&
        each.step === stepId &&
        each.place === place
      if (isOfIt && (!latest || each.requestedAt >= latest.requestedAt)) latest = each
    }
    return latest
  })
}
