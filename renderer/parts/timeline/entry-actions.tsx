import { IconListCheck, IconPencil, IconStar, IconStarFilled } from '@tabler/icons-react'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'
import { IconButton } from '../../components/icon-button.tsx'
import styles from './entry-actions.module.css'

interface EntryActionsProps {
  readonly entry: MarkedEntry
  readonly canCorrect: boolean
  readonly onStar: () => void
  readonly onCorrect: () => void
  /** Null where no task can be made of it: its incident is closed. */
  readonly onTask: (() => void) | null
}

/** What can be done with one entry: over it, so that nothing moves when it comes. */
export function EntryActions({ entry, canCorrect, onStar, onCorrect, onTask }: EntryActionsProps) {
  const { isStarred } = entry
  const Star = isStarred ? IconStarFilled : IconStar
  return (
    <span className={styles.actions} role="group" aria-label="This entry">
      <IconButton
        label={isStarred ? 'Remove star' : 'Star'}
        aria-pressed={isStarred}
        aria-keyshortcuts="*"
        onClick={onStar}
      >
        <Star size={15} aria-hidden="true" />
      </IconButton>
      {onTask ? (
        <IconButton label="Make a task of it…" aria-keyshortcuts="+" onClick={onTask}>
          <IconListCheck size={15} aria-hidden="true" />
        </IconButton>
      ) : null}
      {canCorrect ? (
        <IconButton label="Correct…" onClick={onCorrect}>
          <IconPencil size={15} aria-hidden="true" />
        </IconButton>
      ) : null}
    </span>
  )
}
