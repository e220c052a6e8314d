import { useState } from 'react'
import type { ChannelReport } from '#shared/contract/operations/channel.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { Found } from './trial-report.tsx'

interface TestNotificationProps {
  readonly label?: string
  /** Called when the desktop has taken it. */
  readonly onShown?: () => void
}

type Outcome = ChannelReport | { readonly error: ContractError }

/** Sends a notification and says what became of it. */
export function TestNotification({
  label = 'Send a test notification',
  onShown,
}: TestNotificationProps) {
  const { client } = useCockpit()
  const lost = useMirror((state) => refusalOf(state, 'channel.test'))
  // What a notice says already is not said again.
  const known = useMirror(
    ({ status }) =>
      status?.problems.find(
        ({ code, subject }) => code === 'channel-failing' && subject === 'desktop',
      )?.message ?? '',
  )
  const [isSending, setSending] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const send = async () => {
    setSending(true)
    const result = await client.request('channel.test', { channel: 'desktop' })
    setSending(false)
    setOutcome(result.ok ? result.value : { error: result.error })
    if (result.ok && result.value.isWorking) onShown?.()
  }
  return (
    <>
      <div>
        <ActionButton
          label={label}
          isPending={isSending}
          refusedBecause={lost}
          onPress={() => void send()}
        />
      </div>
      <div role="status">{outcome ? <OutcomeText outcome={outcome} known={known} /> : null}</div>
    </>
  )
}

interface OutcomeTextProps {
  readonly outcome: Outcome
  /** The message of a failure that a notice shows. */
  readonly known: string
}

function OutcomeText({ outcome, known }: OutcomeTextProps) {
  const works = 'Sent. Did you see it?'
  const fails = 'Test notification failed'
  if ('problem' in outcome && outcome.problem && known.includes(outcome.problem.message)) {
    return <Found {...outcome} problem={null} works={works} fails="Test notification failed" />
  }
  return 'error' in outcome ? (
    <Found
      isWorking={false}
      findings={[]}
      problem={{ message: outcome.error.message, hint: outcome.error.hint ?? '' }}
      works={works}
      fails={fails}
    />
  ) : (
    <Found {...outcome} works={works} fails={fails} />
  )
}
