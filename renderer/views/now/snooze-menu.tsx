import { Menu } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import { KeyHint } from '../../components/key-hint.tsx'
import { useActions, useCockpit, useUi } from '../../state/context.ts'
import { snoozeChoices } from '../../text/snooze-choices.ts'

interface SnoozeMenuProps {
  readonly incidentId: string
  /** The button that it opens below. */
  readonly children: React.ReactElement
}

/** How long to put an incident away; the digits choose without aiming. */
export function SnoozeMenu({ incidentId, children }: SnoozeMenuProps) {
  const actions = useActions()
  const isOpen = useUi(
    ({ dialog }) => dialog?.kind === 'snooze' && dialog.incidentId === incidentId,
  )
  return (
    <Menu
      opened={isOpen}
      onDismiss={actions.closeMenu}
      onClose={actions.closeMenu}
      position="bottom-start"
      width={240}
      trapFocus
      // The button may be another one by then: the focus goes to the incident's line.
      returnFocus={false}
      // The first choice gets the focus, not an empty element before it.
      withInitialFocusPlaceholder={false}
      withinPortal={false}
    >
      <Menu.Target>{children}</Menu.Target>
      {isOpen ? <SnoozeChoices incidentId={incidentId} /> : null}
    </Menu>
  )
}

function SnoozeChoices({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const { engineNow } = useCockpit()
  const choose = (index: number) => {
    const choice = snoozeChoices(engineNow())[index]
    if (!choice) return
    actions.closeMenu()
    void actions.snooze(incidentId, choice.until)
  }
  const onDigit = useEffectEvent((event: KeyboardEvent) => {
    if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    choose(Number(event.key) - 1)
  })
  useEffect(() => {
    // On the window: who types S 1 quickly is faster than the focus that goes to the menu.
    window.addEventListener('keydown', onDigit)
    return () => window.removeEventListener('keydown', onDigit)
  }, [])
  return (
    <Menu.Dropdown>
      {snoozeChoices(engineNow()).map(({ label }, index) => (
        <Menu.Item
          key={label}
          onClick={() => choose(index)}
          rightSection={<KeyHint>{String(index + 1)}</KeyHint>}
        >
          {label}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  )
}
