import { useState } from 'react'
import { tallyText } from '#shared/domain/execution/group-events.ts'
import { latestOfGroup, problemsOf, tallyOf } from '#shared/domain/execution/groups.ts'
import type { ExecutionGroup } from '#shared/domain/execution/schema.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import { TargetMatrix } from './target-matrix.tsx'
import styles from './diagnostics.module.css'

interface GroupLineProps {
  readonly title: string
  readonly group: ExecutionGroup
}

/** What was run on many targets in a line; all of them unfold. */
export function GroupLine({ title, group }: GroupLineProps) {
  const executions = useMirror(({ watch }) => watch?.executions)
  const [isOpen, setOpen] = useState(false)
  const all = latestOfGroup(executions?.values() ?? [], group.id)
  const isRunning = all.some(({ result }) => result === null)
  const tally = tallyText(tallyOf(all))
  const named = problemsOf(all).join(', ')
  return (
    <li className={styles.line}>
      <div className={styles.row}>
        <button
          type="button"
          className={styles.name}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {title} on {plural(all.length, group.noun)}
        </button>
        <span className={styles.summary} role={isRunning ? 'status' : undefined}>
          {[isRunning ? 'running' : '', tally].filter((part) => part !== '').join(', ')}
          {named === '' ? '' : `: ${named}`}
        </span>
      </div>
      {isOpen ? (
        <div className={styles.output}>
          <TargetMatrix group={group} onRun={null} others={[]} />
        </div>
      ) : null}
    </li>
  )
}
