import { useEffect, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { HandoffComparison } from '#shared/domain/handoff-document/compare.ts'
import { sectionName, type HandoffLine } from '#shared/domain/handoff/schema.ts'
import { OutsideText } from '../../components/outside-text.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { EmptyList } from '../../lists/empty-list.tsx'
import { useHandoffModel } from './handoff-model.ts'
import styles from './history-view.module.css'

interface CompareViewProps {
  readonly earlier: string
  readonly later: string
}

/** Two handoffs: what is new in the later one, what is still there, and what is gone. */
export function CompareView({ earlier, later }: CompareViewProps) {
  const { client } = useCockpit()
  const model = useHandoffModel()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const [compared, setCompared] = useState<HandoffComparison | null>(null)
  const [problem, setProblem] = useState<ContractError | null>(null)
  useEffect(() => {
    if (!isOpen) return undefined
    const state = { isStale: false }
    void client.request('handoff.compare', { earlier, later }).then((result) => {
      if (state.isStale) return
      if (result.ok) setCompared(result.value)
      else setProblem(result.error)
    })
    return () => {
      state.isStale = true
    }
  }, [client, earlier, later, isOpen])
  if (!compared) {
    return <EmptyList title={problem?.message ?? 'Comparing the handoffs…'} />
  }
  const changed = compared.still.filter(({ before }) => before !== null)
  const same = compared.still.filter(({ before }) => before === null)
  return (
    <div className={styles.view} data-scrolls>
      <SmallButton onClick={() => model.show({ kind: 'history' })}>All handoffs</SmallButton>
      <h2 className={styles.title}>What changed since the handoff before</h2>
      <Lines title="New" lines={compared.added.map((line) => ({ line, before: null }))} />
      <Lines title="Still there, and changed" lines={changed} />
      <Lines title="Still there" lines={same} />
      <Lines title="Gone" lines={compared.gone.map((line) => ({ line, before: null }))} />
    </div>
  )
}

interface LinesProps {
  readonly title: string
  readonly lines: readonly { readonly line: HandoffLine; readonly before: string | null }[]
}

function Lines({ title, lines }: LinesProps) {
  return (
    <section className={styles.group}>
      <h3 className={styles.groupName}>
        {title} <span className={styles.count}>{lines.length}</span>
      </h3>
      {lines.length === 0 ? <p className={styles.quiet}>Nothing.</p> : null}
      <ul className={styles.lines}>
        {lines.map(({ line, before }) => (
          <li key={line.id}>
            <span className={styles.section}>{sectionName[line.section]}</span>{' '}
            {line.severity === null ? null : <SeverityMark severity={line.severity} tone="quiet" />}{' '}
            <OutsideText>{line.text}</OutsideText>
            {before === null || before === line.text ? null : (
              <p className={styles.quiet}>Before: {before}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
