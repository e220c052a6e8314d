import { useMemo, useState } from 'react'
import {
  compareTargets,
  hasFailed,
  latestOfGroup,
  tallyOf,
  wentWell,
  type TargetRow,
} from '#shared/domain/execution/groups.ts'
import { tallyText } from '#shared/domain/execution/group-events.ts'
import { outcomeWords, tookWords } from '#shared/domain/execution/words.ts'
import type { ExecutionGroup } from '#shared/domain/execution/schema.ts'
import { Age } from '../../components/age.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import { ExecutionOutput } from './execution-output.tsx'
import { VerdictMark } from './verdict-mark.tsx'
import styles from './target-matrix.module.css'

interface TargetMatrixProps {
  readonly group: ExecutionGroup
  /** Runs on some targets of the group, which may ask before; null where nothing can be run. */
  readonly onRun: ((targets: readonly string[]) => void) | null
  /** The targets on which it was not run yet, once it went well on the first; else none. */
  readonly others: readonly string[]
}

/** What came of something that was run on many targets: those first that differ from the others. */
export function TargetMatrix({ group, onRun, others }: TargetMatrixProps) {
  const executions = useMirror(({ watch }) => watch?.executions)
  const rows = useMemo(
    () => compareTargets(latestOfGroup(executions?.values() ?? [], group.id)),
    [executions, group.id],
  )
  const all = rows.map(({ execution }) => execution)
  const open = all.filter(({ result }) => result === null).length
  const failed = rows.filter(({ execution }) => hasFailed(execution.result))
  const rest = open === 0 && all.some(({ result }) => wentWell(result)) ? others : []
  const outliers = rows.filter(({ isOutlier }) => isOutlier).length
  return (
    <div className={styles.matrix}>
      <p className={styles.head}>
        <span role="status">
          {all.length < group.of
            ? `${String(all.length)} of ${plural(group.of, group.noun)}`
            : plural(all.length, group.noun)}
          {[
            tallyText(tallyOf(all)),
            open > 0 ? `${String(open)} to go` : '',
            outliers > 0 ? `${String(outliers)} unlike the others` : '',
          ]
            .filter((part) => part !== '')
            .map((part) => ` · ${part}`)
            .join('')}
        </span>
        {open > 0 ? <CancelAll groupId={group.id} /> : null}
        {open === 0 && failed.length > 0 && onRun ? (
          <TextButton onClick={() => onRun(failed.map(({ target }) => target))}>
            Retry failed ({failed.length})
          </TextButton>
        ) : null}
        {rest.length > 0 && onRun ? (
          <TextButton onClick={() => onRun(rest)}>
            Run on the other {plural(rest.length, group.noun)}
          </TextButton>
        ) : null}
      </p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.noun}>
                {group.noun}
              </th>
              <th scope="col">Result</th>
              <th scope="col">Last line</th>
              <th scope="col">Took</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.target} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** One target in a line; its output unfolds. */
function Row({ row: { target, execution, isOutlier } }: { readonly row: TargetRow }) {
  const [isOpen, setOpen] = useState(false)
  const { result, startedAt } = execution
  const hasOutput = startedAt !== null
  return (
    <>
      <tr data-outlier={isOutlier}>
        <th scope="row" className={styles.target}>
          {hasOutput ? (
            <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {target}
            </button>
          ) : (
            target
          )}
        </th>
        <td className={styles.result}>
          {result ? (
            result.verdict === 'unjudged' || result.outcome.kind === 'not-started' ? (
              <span className={styles.soft}>
                {result.outcome.kind === 'not-started' ? 'not run' : outcomeWords(result.outcome)}
              </span>
            ) : (
              <VerdictMark verdict={result.verdict} />
            )
          ) : startedAt === null ? (
            <span className={styles.soft}>waiting</span>
          ) : (
            <span className={styles.soft}>
              running <Age since={startedAt} />
            </span>
          )}
          {isOutlier ? <span className={styles.outlier}>differs</span> : null}
        </td>
        <td className={styles.summary}>{lineOf(execution)}</td>
        <td className={styles.took}>{result && hasOutput ? tookWords(result.durationMs) : ''}</td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={4} className={styles.output}>
            <ExecutionOutput key={execution.executionId} execution={execution} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

/** The line that says most: what it printed, else how it ended. */
function lineOf({ result }: TargetRow['execution']): string {
  if (!result) return ''
  if (result.outcome.kind === 'not-started') return result.outcome.message
  if (result.summary !== '') return result.summary
  return result.verdict === 'unjudged' ? '' : outcomeWords(result.outcome)
}

function CancelAll({ groupId }: { readonly groupId: string }) {
  const { client, announcements } = useCockpit()
  return (
    <TextButton
      onClick={() => {
        void client.request('execution.cancel-many', { group: groupId }).then((result) => {
          const text = result.ok ? 'Cancelling all' : result.error.message
          announcements.tell({ politeness: 'polite', text })
        })
      }}
    >
      Cancel all
    </TextButton>
  )
}
