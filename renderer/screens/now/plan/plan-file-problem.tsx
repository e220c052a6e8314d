import { useEffect, useState } from 'react'
import type { PlaybookFacts, PlaybookFileFacts } from '#shared/contract/playbook.ts'
import { TextButton } from '../../../components/text-button.tsx'
import { useCockpit, useMirror } from '../../../engine/cockpit/context.ts'
import styles from './plan-file-problem.module.css'

interface PlanFileProblemProps {
  readonly planId: string
}

/** Says that the file of a plan is not what is followed, and leads to its first problem. */
export function PlanFileProblem({ planId }: PlanFileProblemProps) {
  const { actions } = useCockpit()
  const file = useBrokenFile(planId)
  const problem = file?.problems[0]
  if (!file || !problem) return null
  const { path } = file
  const { line, column } = problem
  return (
    <p className={styles.line}>
      Its file has a problem; the last valid version is followed:{' '}
      <TextButton onClick={() => actions.showFile(path, { line, column })}>
        {path}:{line}
      </TextButton>
    </p>
  )
}

/** The broken file of a plan; null for none. While nothing is wrong with any file nobody is asked. */
function useBrokenFile(planId: string): PlaybookFileFacts | null {
  const { client } = useCockpit()
  const phase = useMirror(({ connection }) => connection.phase)
  // Sent again all the time: only another list is another one.
  const problems = useMirror(({ status }) =>
    status === null || status.config.problems.length === 0
      ? null
      : JSON.stringify(status.config.problems),
  )
  const [found, setFound] = useState<PlaybookFacts | null>(null)
  useEffect(() => {
    if (problems === null || phase !== 'open') return undefined
    let isLatest = true
    void client.request('playbook.read', {}).then((read) => {
      if (isLatest && read.ok) setFound(read.value)
    })
    return () => {
      isLatest = false
    }
  }, [client, problems, phase])
  if (problems === null || !found) return null
  const path = found.plans.find(({ id }) => id === planId)?.path
  // What is wrong between files leaves this one in effect.
  return found.files.find((each) => each.path === path && each.inEffect === 'last-valid') ?? null
}
