import { IconCheck } from '@tabler/icons-react'
import { HiddenText } from '../../components/hidden-text.tsx'
import styles from './guide.module.css'

/** What a step says, and whether it is done. */
export interface StepProps {
  readonly number: number
  readonly title: string
  readonly isDone: boolean
  readonly children: React.ReactNode
}

/** One step, with its tick once it is done. */
export function Step({ number, title, isDone, children }: StepProps) {
  return (
    <li className={styles.step} value={number} data-done={isDone}>
      <span className={styles.number} aria-hidden="true">
        {isDone ? <IconCheck size={14} stroke={2.5} /> : number}
      </span>
      <div className={styles.body}>
        <p className={styles.title}>
          {title}
          {isDone ? <HiddenText>, done</HiddenText> : null}
        </p>
        {children}
      </div>
    </li>
  )
}
