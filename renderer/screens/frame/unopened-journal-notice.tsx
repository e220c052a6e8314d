import { IconDatabaseOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import type { Moment } from '../../engine/bridge/engine-client.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { formatUtc, timeFormat } from '../../text/time.ts'
import { HeardAt } from './heard-at.tsx'
import { QueuedCommands } from './queued-commands.tsx'

const local = timeFormat()

/**
 * The program around this page cannot open its journal: what that means, why, what to do, and what
 * works all the same.
 *
 * @param lastHeard of what is shown; null when nothing is.
 */
export function UnopenedJournalNotice({
  journal,
  lastHeard,
}: {
  readonly journal: UnopenedJournal
  readonly lastHeard: Moment | null
}) {
  const { message, hint, triedAt } = journal
  return (
    <Banner
      tone="bad"
      icon={<IconDatabaseOff size={18} />}
      title="Deckwatch cannot open its journal"
      actions={<TryAgain triedAt={triedAt} />}
    >
      <p>
        <strong>No source is polled and no page is sent.</strong>
      </p>
      <p>
        {message} {hint} Last tried at <TriedAt at={triedAt} />.
      </p>
      <p>
        {lastHeard ? (
          <>
            Data as of <HeardAt lastHeard={lastHeard} />; it may have changed.{' '}
          </>
        ) : (
          'No data yet. '
        )}
        Runbooks open as they were last read. Actions are queued in this window and sent when the
        journal is open. Closing the window ends Deckwatch.
      </p>
      <QueuedCommands phase="lost" />
    </Banner>
  )
}

/** Asks once for each answer: opening a large journal can take a while. */
function TryAgain({ triedAt }: { readonly triedAt: number }) {
  const { client } = useCockpit()
  const [askedAfter, setAskedAfter] = useState<number | null>(null)
  const isAsked = askedAfter === triedAt
  return (
    <TextButton
      aria-disabled={isAsked}
      onClick={() => {
        if (isAsked) return
        setAskedAfter(triedAt)
        client.startEngine()
      }}
    >
      {isAsked ? 'Trying…' : 'Try again'}
    </TextButton>
  )
}

function TriedAt({ at }: { readonly at: number }) {
  const { engineNow } = useCockpit()
  return (
    <time dateTime={new Date(at).toISOString()} title={formatUtc(at)}>
      {local.second(at, engineNow())}
    </time>
  )
}
