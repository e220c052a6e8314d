import { Menu } from '@mantine/core'
import { useEffect } from 'react'
import { ActionButton } from '../../components/action-button.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useAlertsModel } from './alerts-model.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { snoozeChoices } from '../../text/snooze-choices.ts'
import type { SnoozeMenuState } from './use-alert-keys.ts'

interface BulkSnoozeProps {
  readonly snooze: SnoozeMenuState
  /** Why nothing can be done to the chosen alerts now; null when it can. */
  readonly blocked: string | null
}

/** How long to put the incidents of the chosen alerts away. */
export function BulkSnooze({ snooze, blocked }: BulkSnoozeProps) {
  const { bulk } = useAlertsModel()
  const { engineNow } = useCockpit()
  const { isOpen, setOpen } = snooze
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'incident.snooze'))
  const choices = isOpen ? snoozeChoices(engineNow()) : []

  // With the bar goes its menu: the next bar must not open one that nobody asked for.
  useEffect(() => () => setOpen(false), [setOpen])
  useEffect(() => {
    if (!isOpen) return undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const choice = snoozeChoices(engineNow())[Number(event.key) - 1]
      if (!choice) return
      // Before the digits mean screens.
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
      bulk.start('snooze', { until: choice.until, isByKey: true })
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [bulk, engineNow, isOpen, setOpen])

  return (
    <Menu
      opened={isOpen}
      onChange={setOpen}
      position="top-start"
      width={240}
      trapFocus
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionButton
          label="Snooze"
          hint={keyOf('snooze')}
          refusedBecause={forbidden ?? blocked}
          onPress={() => setOpen(true)}
          onRefused={() => bulk.start('snooze')}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ label, until }, index) => (
          <Menu.Item
            key={label}
            onClick={() => bulk.start('snooze', { until })}
            rightSection={<KeyHint>{String(index + 1)}</KeyHint>}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
