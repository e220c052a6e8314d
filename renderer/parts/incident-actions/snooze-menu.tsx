import { Menu } from '@mantine/core'
import { KeyHint } from '../../components/key-hint.tsx'
import { useActions, useCockpit, useUi } from '../../engine/cockpit/context.ts'
import { snoozeChoices } from '../../text/snooze-choices.ts'

const pointerEvents = ['mousedown', 'touchstart']

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
      // Not for keys pressed outside: a digit that comes before the focus does is a choice.
      clickOutsideEvents={pointerEvents}
      position="bottom-start"
      width={240}
      trapFocus
      // The button may be another one by then: the focus goes to the incident's line.
      returnFocus={false}
      // The first choice gets the focus, not an empty element before it.
      withInitialFocusPlaceholder={false}
      withinPortal={false}
      // It takes the digits while it is open, so it is never open unseen.
      hideDetached={false}
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
