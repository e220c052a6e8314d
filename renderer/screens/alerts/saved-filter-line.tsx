import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { IconButton } from '../../components/icon-button.tsx'
import { useAlertsModel } from './alerts-model.ts'
import { MAX_NAME_LENGTH, renameFilter, type SavedFilter } from './alert-preferences.ts'
import styles from './saved-filters.module.css'

interface SavedFilterLineProps {
  readonly filter: SavedFilter
  readonly isCurrent: boolean
  readonly onPick: () => void
}

/** One saved filter. */
export function SavedFilterLine({ filter, isCurrent, onPick }: SavedFilterLineProps) {
  const { preferences } = useAlertsModel()
  const [newName, setNewName] = useState<string | null>(null)
  const rename = () => {
    if (newName !== null) {
      preferences.change(({ saved }) => ({ saved: renameFilter(saved, filter.name, newName) }))
    }
    setNewName(null)
  }
  if (newName !== null) {
    return (
      <li className={styles.line}>
        <input
          className={styles.name}
          aria-label={`New name for ${filter.name}`}
          maxLength={MAX_NAME_LENGTH}
          value={newName}
          ref={(input) => input?.focus()}
          onChange={({ currentTarget }) => setNewName(currentTarget.value)}
          onBlur={rename}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') rename()
            if (event.key !== 'Escape') return
            // Only the renaming is called off, not the whole list.
            event.stopPropagation()
            event.preventDefault()
            setNewName(null)
          }}
        />
      </li>
    )
  }
  return (
    <li className={styles.line}>
      <button type="button" className={styles.pick} aria-pressed={isCurrent} onClick={onPick}>
        {filter.name}
        <span className={styles.text}>{filter.text}</span>
      </button>
      <IconButton label={`Rename ${filter.name}`} onClick={() => setNewName(filter.name)}>
        <IconPencil size={15} />
      </IconButton>
      <IconButton
        label={`Delete ${filter.name}`}
        onClick={() =>
          preferences.change(({ saved }) => ({
            saved: saved.filter(({ name }) => name !== filter.name),
          }))
        }
      >
        <IconTrash size={15} />
      </IconButton>
    </li>
  )
}
