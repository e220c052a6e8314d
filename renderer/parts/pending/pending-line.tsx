import { IconAlertCircle, IconHourglass } from '@tabler/icons-react'
import { saidSentence } from '#shared/domain/impact/words.ts'
import { Instant } from '../../components/instant.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { isAboutIncident, type KeptCommand } from '../../engine/offline/kept-command.ts'
import { useActions, useCockpit } from '../../engine/cockpit/context.ts'
import { describeAsked } from '../../engine/commands/command-words.ts'
import styles from './pending-line.module.css'

interface PendingLineProps {
  readonly command: KeptCommand
  /** True where the line does not stand with its incident: it then names it. */
  readonly namesIncident: boolean
}

/** One queued command, or one that the engine rejected. */
export function PendingLine({ command, namesIncident }: PendingLineProps) {
  const actions = useActions()
  const { title, givenAt, state, wasSent, rejection } = command
  const isRejected = state === 'rejected'
  const { engineNow } = useCockpit()
  const what = describeAsked(command, engineNow())
  const written = writtenIn(command)
  const Icon = isRejected ? IconAlertCircle : IconHourglass
  return (
    <li className={styles.line} data-state={state}>
      <Icon size={16} aria-hidden="true" />
      <div className={styles.text}>
        <p>
          <strong>{what}</strong>
          {namesIncident ? (
            <>
              {': '}
              <button
                type="button"
                className={styles.incident}
                onClick={() => {
                  if (isAboutIncident(command)) actions.goTo(command.input.incidentId)
                  else actions.show('handoff')
                }}
              >
                {title || (isAboutIncident(command) ? 'an incident' : 'the handoff')}
              </button>
            </>
          ) : null}
          {namesIncident ? ',' : null}
          {isRejected ? ' refused, queued' : ' queued'} <Instant at={givenAt} precision="minute" />
          {isRejected ? `: ${rejection?.message ?? ''} ${rejection?.hint ?? ''}` : null}
          {wasSent && !isRejected
            ? '. The connection was lost while sending: it may be recorded already, and is recorded only once.'
            : null}
        </p>
        {written === null ? null : (
          <p className={styles.note}>
            <OutsideText>{written}</OutsideText>
          </p>
        )}
      </div>
      <TextButton
        aria-label={`${isRejected ? 'Dismiss' : 'Cancel'}: ${what}${title === '' ? '' : `, ${title}`}`}
        onClick={() => void actions.withdraw(command)}
      >
        {isRejected ? 'Dismiss' : 'Cancel'}
      </TextButton>
    </li>
  )
}

/** What somebody wrote with a command, or said of the harm; null for nothing. */
function writtenIn({ name, input }: KeptCommand): string | null {
  if (name === 'impact.set') return saidSentence(input)
  return 'text' in input ? input.text : null
}
