import { useState } from 'react'
import type { Execution, Outcome } from '#shared/domain/execution/schema.ts'
import { outcomeWords, tookWords } from '#shared/domain/execution/words.ts'
import { Age } from '../../components/age.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { whoIs } from '../../text/who.ts'
import { QueryChart } from './query-chart.tsx'
import { useOutput } from './use-output.ts'
import { VerdictMark } from './verdict-mark.tsx'
import styles from './execution-output.module.css'

/** Ends that say by themselves that there is no result to judge. */
const endsWithoutResult: ReadonlySet<Outcome['kind']> = new Set(['cancelled', 'not-started'])

/** Lines that are shown before somebody wants to see all. */
const LAST_LINES = 20

/** What came of something that was run, or what it prints while it runs. */
export function ExecutionOutput({ execution }: { readonly execution: Execution }) {
  const { executionId, startedAt, requestedAt, result, requestedBy } = execution
  const me = useMirror(({ status }) => readerOf(status))
  const isAway = useMirror(({ connection }) => connection.phase !== 'open')
  const [isWhole, setWhole] = useState(false)
  const isRun = result?.outcome.kind !== 'not-started'
  const { text, isTail, problem } = useOutput(executionId, !isAway && isRun)
  const lines = text.replace(/\n$/, '').split('\n')
  const shown = isWhole ? lines : lines.slice(-LAST_LINES)
  return (
    <div className={styles.output} data-running={result === null}>
      <p className={styles.head}>
        {result ? (
          <>
            {endsWithoutResult.has(result.outcome.kind) ? null : (
              <VerdictMark verdict={result.verdict} />
            )}
            <span>
              {outcomeWords(result.outcome)} · {tookWords(result.durationMs)} ·{' '}
              {whoIs(requestedBy, me)} <Instant at={requestedAt} precision="second" />
            </span>
          </>
        ) : (
          <>
            <span role="status">
              Running <Age since={startedAt ?? requestedAt} />
            </span>
            {execution.reason === 'terminal' ? null : <Cancel executionId={executionId} />}
          </>
        )}
        {lines.length > LAST_LINES || isTail ? (
          <TextButton aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole
              ? 'Last lines'
              : `Whole output, ${String(result?.output.lines ?? lines.length)} lines`}
          </TextButton>
        ) : null}
        {text === '' ? null : <CopyButton text={text} what="the output" />}
      </p>
      {execution.kind === 'promql' && result?.outcome.kind === 'answered' ? (
        <QueryChart executionId={executionId} />
      ) : null}
      {text === '' ? (
        result && problem === null && isRun ? (
          <p className={styles.none}>It printed nothing.</p>
        ) : null
      ) : (
        <pre
          className={styles.text}
          // Long output scrolls, so the keyboard must be able to get here.
          tabIndex={0}
          data-scrolls=""
          aria-label="Output"
        >
          {(isTail || lines.length > shown.length) && !isWhole ? '…\n' : ''}
          {shown.join('\n')}
        </pre>
      )}
      {isTail && isWhole ? (
        <p className={styles.none}>
          The beginning is too long to be shown here: it is in the record.
        </p>
      ) : null}
      {problem === null || isAway ? null : <p className={styles.none}>{problem}</p>}
      {isAway && text === '' ? (
        <p className={styles.none}>The output is shown again when Deckwatch returns.</p>
      ) : null}
    </div>
  )
}

function Cancel({ executionId }: { readonly executionId: string }) {
  const { client, announcements } = useCockpit()
  return (
    <TextButton
      onClick={() => {
        void client.request('execution.cancel', { executionId }).then((result) => {
          const text = result.ok ? 'Cancelling' : result.error.message
          announcements.tell({ politeness: 'polite', text })
        })
      }}
    >
      Cancel
    </TextButton>
  )
}
