import { IconAlertCircle, IconHourglass } from '@tabler/icons-react'
import { Instant } from '../../components/instant.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { TextButton } from '../../components/text-button.tsx'
import type { KeptCommand } from '../../engine/offline/kept-command.ts'
import { useActions, useCockpit } from '../../engine/cockpit/context.ts'
import { describeAsked } from '../../engine/commands/deeds.ts'
import styles from './pending-line.module.css'

interface PendingLineProps {
  readonly command: KeptCommand
  /** True where the line does not stand with its incident: it then names it. */
  readonly namesIncident: boolean
}

/** One command that waits for the engine, or was rejected by it and waits to be seen. */
export function PendingLine({ command, namesIncident }: PendingLineProps) {
  const actions = useActions()
  const { input, title, givenAt, state, wasSent, rejection } = command
  const isRejected = state === 'rejected'
  const { engineNow } = useCockpit()
  const what = describeAsked(command, engineNow())
  const Icon = isRejected ? IconAlertCircle : IconHourglass
  return (
    <li className={styles.line} data-state={state}>
      <Icon size={16} aria-hidden="true" />
      <div className={styles.text}>
        <p>
          <strong>{what}</strong>
          {namesIncident ? (
            <>
              {' of '}
              <button
                type="button"
                className={styles.incident}
                onClick={() => actions.goTo(input.incidentId)}
              >
                {title || 'an incident'}
              </button>
            </>
          ) : null}
          {isRejected ? ' was refused' : ' waits for the engine'}, given{' '}
          <Instant at={givenAt} precision="minute" />
          {isRejected ? `: ${rejection?.message ?? ''} ${rejection?.hint ?? ''}` : null}
          {wasSent && !isRejected
            ? '. It was on its way when the connection broke and may be recorded already; it is recorded once in any case.'
            : null}
        </p>
        {'text' in input ? (
          <p className={styles.note}>
            <OutsideText>{input.text}</OutsideText>
          </p>
        ) : null}
      </div>
      <TextButton
        aria-label={`${isRejected ? 'Dismiss' : 'Take back'}: ${what}${title === '' ? '' : `, ${title}`}`}
        onClick={() => void actions.withdraw(command)}
      >
        {isRejected ? 'Dismiss' : 'Take back'}
      </TextButton>
    </li>
  )
}
