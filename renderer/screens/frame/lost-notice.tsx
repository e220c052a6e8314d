import { IconPlugConnectedX } from '@tabler/icons-react'
import type { Connection, Moment } from '../../engine/bridge/engine-client.ts'
import { Banner } from '../../components/banner.tsx'
import { useTicking } from '../../components/clock.ts'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { formatAge } from '../../text/age.ts'
import { HeardAt } from './heard-at.tsx'
import { QueuedCommands } from './queued-commands.tsx'
import { UnopenedJournalNotice } from './unopened-journal-notice.tsx'

/** Deckwatch does not answer: since when, what that means, what waits for it, what to do. */
export function LostNotice() {
  const { client } = useCockpit()
  const connection = useMirror((state) => state.connection)
  if (connection.phase !== 'lost') return null
  const { lastHeard, isTrying, refusal } = connection
  if (typeof refusal === 'object') {
    return <UnopenedJournalNotice journal={refusal} lastHeard={lastHeard} />
  }
  return (
    <Banner
      tone="bad"
      icon={<IconPlugConnectedX size={18} />}
      title={<Title connection={connection} />}
      actions={<TextButton onClick={() => client.nudge()}>Try now</TextButton>}
    >
      {/* First what matters: it may have stopped, and then nobody is paged. */}
      {refusal === 'other-host' ? null : (
        <p>
          <strong>While Deckwatch is not running, no source is polled and no page is sent.</strong>
        </p>
      )}
      <p>
        {lastHeard ? (
          <>
            Data as of <HeardAt lastHeard={lastHeard} />; it may have changed. Actions are queued in
            this browser and sent when Deckwatch returns.{' '}
          </>
        ) : (
          'No data yet. '
        )}
        {refusal === 'other-host' ? (
          <>
            What answers at this address did not prove to be the Deckwatch that this browser is
            signed in at; nothing was sent to it. Start that one again, or sign in anew.
          </>
        ) : (
          <>
            {isTrying ? 'Connecting…' : 'This page reconnects by itself.'} If it does not, start
            Deckwatch again as before (same <code>--port</code> and <code>--data</code>).
          </>
        )}
      </p>
      <QueuedCommands phase={connection.phase} />
    </Banner>
  )
}

type Lost = Extract<Connection, { phase: 'lost' }>

function Title({ connection: { lastHeard, refusal } }: { readonly connection: Lost }) {
  if (refusal === 'other-host') return 'Another program answers at this address'
  if (!lastHeard) return 'Deckwatch unreachable'
  return (
    <>
      Connection to Deckwatch lost at <HeardAt lastHeard={lastHeard} /> (
      <LostFor lastHeard={lastHeard} /> ago)
    </>
  )
}

function LostFor({ lastHeard }: { readonly lastHeard: Moment }) {
  return <>{useTicking(({ steady }) => formatAge(steady() - lastHeard.steady))}</>
}
