import type { Incident } from '#shared/domain/incident/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { availableActions } from '../../engine/commands/availability.ts'
import { useActions, useMirror, useOffline, useUi } from '../../engine/cockpit/context.ts'
import { isAbout } from '../../engine/offline/kept-command.ts'
import { idle } from '../../engine/page/ui-store.ts'
import { actionButtons } from './action-buttons.ts'
import { performAction } from './perform-action.ts'
import { SnoozeMenu } from './snooze-menu.tsx'

/** The buttons that lead an incident on, the obvious next one first in tone. */
export function StateButtons({ incident }: { readonly incident: Incident }) {
  const actions = useActions()
  const phase = useMirror(({ connection }) => connection.phase)
  const status = useMirror((state) => state.status)
  const kept = useOffline((state) => state.kept)
  const waiting = kept.filter((each) => isAbout(each, incident.id))
  const { pending } = useUi(({ work }) => work.get(incident.id) ?? idle)
  return availableActions(incident, phase, waiting, status).map(
    ({ action, isNext, refusedBecause }) => {
      const { label, hint, command } = actionButtons[action]
      const button = (
        <ActionButton
          key={action}
          label={label}
          hint={hint}
          tone={isNext ? 'primary' : 'plain'}
          isPending={pending.has(command)}
          refusedBecause={refusedBecause}
          onPress={() => performAction(actions, action, incident.id)}
          onRefused={(reason) => actions.refuse(incident.id, command, reason)}
        />
      )
      return action === 'snooze' ? (
        <SnoozeMenu key={action} incidentId={incident.id}>
          {button}
        </SnoozeMenu>
      ) : (
        button
      )
    },
  )
}
