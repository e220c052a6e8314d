import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import { SmallButton } from '../../../components/small-button.tsx'
import { refusalOf } from '../../../engine/commands/availability.ts'
import { useActions, useCockpit, useMirror } from '../../../engine/cockpit/context.ts'
import type { IncidentForm } from '../../../engine/page/incident-form.ts'
import { keyOf } from '../../../keyboard/shortcuts.ts'
import { judge } from '../../../parts/incident-actions/judge.ts'

interface MoreMenuProps {
  readonly incident: Incident
  readonly canAct: boolean
  readonly open: (form: IncidentForm) => void
}

/** What is wanted less often of an incident. */
export function MoreMenu({ incident, canAct, open }: MoreMenuProps) {
  const cockpit = useCockpit()
  const actions = useActions()
  const isOpen = isIncidentOpen(incident)
  const isConfidential = useMirror(
    ({ watch }) => watch?.restrictions.get(incident.id)?.isInForce === true,
  )
  const isRestrictable = useMirror((state) => refusalOf(state, 'incident.restrict') === null)
  const { id: incidentId } = incident
  return (
    <Menu position="bottom-start" width={300} withinPortal={false} trapFocus>
      <Menu.Target>
        <SmallButton aria-label="More actions">
          <IconDots size={16} aria-hidden="true" />
        </SmallButton>
      </Menu.Target>
      <Menu.Dropdown>
        {canAct ? (
          <>
            <Item label="Add a note…" hint={keyOf('note')} onPress={() => open({ type: 'note' })} />
            <Item
              label="Set the severity…"
              hint={keyOf('set-severity')}
              onPress={() => open({ type: 'severity' })}
            />
            <Item
              label="Change impact…"
              onPress={() => actions.open({ kind: 'impact', incidentId })}
            />
          </>
        ) : null}
        <Item
          label="Verdict: real"
          hint={keyOf('judge-real')}
          onPress={() => judge(cockpit, incident, 'real')}
        />
        <Item
          label="Verdict: false alarm"
          hint={keyOf('judge-false-alarm')}
          onPress={() => judge(cockpit, incident, 'false-alarm')}
        />
        <Item
          label="Verdict: duplicate of…"
          hint={keyOf('judge-duplicate')}
          onPress={() => judge(cockpit, incident, 'duplicate')}
        />
        {canAct ? (
          <Item label="Merge into another incident…" onPress={() => open({ type: 'merge' })} />
        ) : null}
        {canAct && isOpen ? (
          <Item label="Split alerts off…" onPress={() => open({ type: 'split' })} />
        ) : null}
        {isRestrictable ? (
          <Item
            label={isConfidential ? 'Change who can see it…' : 'Make confidential…'}
            onPress={() => actions.open({ kind: 'confidential', incidentId })}
          />
        ) : null}
        <Item
          label="Decision log"
          hint={keyOf('why')}
          onPress={() => actions.open({ kind: 'why', incidentId })}
        />
      </Menu.Dropdown>
    </Menu>
  )
}

interface ItemProps {
  readonly label: string
  readonly hint?: string
  readonly onPress: () => void
}

function Item({ label, hint, onPress }: ItemProps) {
  return (
    <Menu.Item
      onClick={onPress}
      rightSection={hint === undefined ? null : <KeyHint>{hint}</KeyHint>}
    >
      {label}
    </Menu.Item>
  )
}
