import { Popover } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { useState } from 'react'
import { CopyButton } from '../../components/copy-button.tsx'
import { HiddenText } from '../../components/hidden-text.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useAlertsModel, useAlertScreen, usePreferences } from './alerts-model.ts'
import { firstFilters, MAX_NAME_LENGTH, saveFilter, type SavedFilter } from './alert-preferences.ts'
import { addressOfFilter } from './filter/filter-address.ts'
import { SavedFilterLine } from './saved-filter-line.tsx'
import styles from './saved-filters.module.css'

/** Filters with a name: to pick, keep, rename and throw away. */
export function SavedFilters() {
  const { screen, preferences } = useAlertsModel()
  const saved = usePreferences((each) => each.saved)
  const text = useAlertScreen((state) => state.appliedText)
  const [isOpen, setOpen] = useState(false)
  const current = saved.find((each) => each.text === text)
  const pick = (filter: SavedFilter) => {
    screen.setFilter(filter.text)
    setOpen(false)
  }
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={340}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <SmallButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <IconBookmark size={16} aria-hidden="true" />
          {current ? (
            <span className={styles.current}>
              <HiddenText>Saved filters: </HiddenText>
              {current.name}
            </span>
          ) : (
            'Saved filters'
          )}
        </SmallButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved filters">
        {saved.length === 0 ? (
          <p className={styles.hint}>
            No saved filters{' '}
            <TextButton onClick={() => preferences.change(() => ({ saved: firstFilters }))}>
              Restore the defaults
            </TextButton>
          </p>
        ) : (
          <ul className={styles.list}>
            {saved.map((filter) => (
              <SavedFilterLine
                key={filter.name}
                filter={filter}
                isCurrent={filter.name === current?.name}
                onPick={() => pick(filter)}
              />
            ))}
          </ul>
        )}
        {text === '' ? (
          <p className={styles.hint}>Type a filter to save it here under a name.</p>
        ) : (
          <SaveForm
            key={text}
            onSave={(name) => {
              preferences.change((now) => ({ saved: saveFilter(now.saved, { name, text }) }))
            }}
          />
        )}
        <p className={styles.hint}>
          Link to this list
          <CopyButton
            text={new URL(addressOfFilter(text), location.href).href}
            what="a link to this filter"
          />
        </p>
      </Popover.Dropdown>
    </Popover>
  )
}

function SaveForm({ onSave }: { readonly onSave: (name: string) => void }) {
  const [name, setName] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSave(name)
        setName('')
      }}
    >
      <input
        className={styles.name}
        aria-label="Name for the filter"
        placeholder="Name for this filter"
        maxLength={MAX_NAME_LENGTH}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <SmallButton type="submit" disabled={name.trim() === ''}>
        Save
      </SmallButton>
    </form>
  )
}
