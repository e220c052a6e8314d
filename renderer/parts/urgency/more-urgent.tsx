import { IconArrowUp } from '@tabler/icons-react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { queueOf } from '../../engine/watch/derived.ts'
import { moreUrgent } from './urgency.ts'
import styles from './more-urgent.module.css'

interface MoreUrgentProps {
  readonly incident: Incident
  /** True where its key goes there: on the screen that has the queue. */
  readonly hasKey?: boolean
}

/** Says quietly that something worse waits. The selection stays until a person moves it. */
export function MoreUrgent({ incident, hasKey = false }: MoreUrgentProps) {
  const actions = useActions()
  const incidents = useMirror(({ watch }) => watch?.incidents)
  const waiting = incidents ? moreUrgent(queueOf(incidents), incident) : null
  if (!waiting) return null
  return (
    <p className={styles.line}>
      <IconArrowUp size={15} aria-hidden="true" />
      {waiting.text}
      <TextButton
        aria-keyshortcuts={hasKey ? keyOf('first') : undefined}
        onClick={() => actions.goTo(waiting.firstId)}
      >
        Go to the most urgent {hasKey ? <KeyHint>{keyOf('first')}</KeyHint> : null}
      </TextButton>
    </p>
  )
}
