import { useState } from 'react'
import type { ConnectionReport } from '#shared/contract/operations/source.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { useRemarkTexts } from '../../parts/sources/use-remark-texts.ts'
import styles from './source-tools.module.css'

interface SourceToolsProps {
  readonly sourceId: string
}

type Finding =
  | { readonly kind: 'report'; readonly report: ConnectionReport }
  | { readonly kind: 'asked' }
  | { readonly kind: 'refused'; readonly error: ContractError }

/** Asks a source now, or tries its connection and says what was found. */
export function SourceTools({ sourceId }: SourceToolsProps) {
  const { client } = useCockpit()
  const testRefusal = useMirror((state) => refusalOf(state, 'source.test'))
  const pollRefusal = useMirror((state) => refusalOf(state, 'source.poll'))
  const remarks = useRemarkTexts(sourceId)
  const [pending, setPending] = useState<'test' | 'poll' | null>(null)
  const [finding, setFinding] = useState<Finding | null>(null)

  const test = async () => {
    setPending('test')
    const result = await client.request('source.test', { sourceId })
    setFinding(
      result.ok
        ? { kind: 'report', report: result.value }
        : { kind: 'refused', error: result.error },
    )
    setPending(null)
  }
  const poll = async () => {
    setPending('poll')
    const result = await client.request('source.poll', { sourceId })
    setFinding(result.ok ? { kind: 'asked' } : { kind: 'refused', error: result.error })
    setPending(null)
  }

  return (
    <div className={styles.tools}>
      <div className={styles.buttons}>
        <ActionButton
          label="Test connection"
          isPending={pending === 'test'}
          refusedBecause={testRefusal}
          onPress={() => void test()}
        />
        <ActionButton
          label="Poll now"
          isPending={pending === 'poll'}
          refusedBecause={pollRefusal}
          onPress={() => void poll()}
        />
      </div>
      <div role="status">{finding ? <FindingText finding={finding} said={remarks} /> : null}</div>
    </div>
  )
}

interface FindingTextProps {
  readonly finding: Finding
  /** What stands beside it already. */
  readonly said: readonly string[]
}

function FindingText({ finding, said }: FindingTextProps) {
  switch (finding.kind) {
    case 'asked':
      return <p>Polled.</p>
    case 'refused':
      return (
        <p>
          {finding.error.message} {finding.error.hint}
        </p>
      )
    case 'report': {
      const { isWorking, findings, problem } = finding.report
      return (
        <>
          <p className={styles.verdict} data-working={isWorking}>
            {isWorking ? 'Connection OK' : 'Connection failed'}
          </p>
          <ul className={styles.findings}>
            {findings
              .filter((text) => !said.includes(text))
              .map((text) => (
                <li key={text}>{text}</li>
              ))}
            {problem ? (
              <li>
                {problem.message} {problem.hint}
              </li>
            ) : null}
          </ul>
        </>
      )
    }
  }
}
