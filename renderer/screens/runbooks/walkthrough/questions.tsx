import type { Step } from '#shared/domain/runbook/schema.ts'
import type { Answer } from '#shared/domain/walkthrough/schema.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import { answerOf, type FollowedRunbook } from './followed-runbook.ts'
import styles from './questions.module.css'

interface QuestionsProps {
  readonly followed: FollowedRunbook
  readonly step: Step
  readonly onAnswer: (decision: number, answer: Answer) => void
}

/** The "if …, otherwise …" of a step, to be answered. */
export function Questions({ followed, step, onAnswer }: QuestionsProps) {
  const current = openQuestion(followed, step)
  return step.decisions.map(({ condition, yes, no, start }, index) => {
    const answer = answerOf(followed, step.id, index)
    const hasKeys = index === current
    const branches = [
      ['yes', 'Yes', 'Y', yes],
      ['no', 'No', 'X', no],
    ] as const
    return (
      <fieldset key={start} className={styles.question}>
        <legend className={styles.condition}>{asQuestion(condition)}</legend>
        {branches.map(([value, label, key, what]) => (
          <button
            key={value}
            type="button"
            className={styles.branch}
            aria-pressed={answer === value}
            aria-keyshortcuts={hasKeys ? key : undefined}
            data-other={answer !== null && answer !== value}
            onClick={() => onAnswer(index, value)}
          >
            <strong>{label}</strong>
            {hasKeys ? <KeyHint>{key}</KeyHint> : null}
            <span>{what}</span>
          </button>
        ))}
      </fieldset>
    )
  })
}

/** The place of the question that the keys answer: the first open one, else the last; -1 without one. */
export function openQuestion(followed: FollowedRunbook, { id, decisions }: Step): number {
  const open = decisions.findIndex((_, index) => answerOf(followed, id, index) === null)
  return open < 0 ? decisions.length - 1 : open
}

/** `it is not ours` becomes `It is not ours?` */
function asQuestion(condition: string): string {
  const words = condition.trim().replace(/[?.!,;:\s]+$/, '')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}?`
}
