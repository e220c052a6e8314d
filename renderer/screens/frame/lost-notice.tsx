import { IconPlugConnectedX } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Connection, Moment } from '../../engine/bridge/engine-client.ts'
import { Banner } from '../../components/banner.tsx'
import { useTicking } from '../../components/clock.ts'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit, useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { isShownWaiting } from '../../engine/commands/waiting.ts'
import { formatAge } from '../../text/age.ts'
import { plural } from '../../text/plural.ts'
import { formatUtc, timeFormat } from '../../text/time.ts'
import { PendingList } from '../../parts/pending/pending-list.tsx'

const local = timeFormat()

/** The engine does not answer: since when, what that means, what waits for it, what to do. */
export function LostNotice() {
  const { client } = useCockpit()
  const connection = useMirror((state) => state.connection)
  if (connection.phase !== 'lost') return null
  const { lastHeard, isTrying, refusal } = connection
  return (
    <Banner
      tone="bad"
      icon={<IconPlugConnectedX size={18} />}
      title={<Title connection={connection} />}
      actions={<TextButton onClick={() => client.nudge()}>Try now</TextButton>}
    >
      <p>
        {lastHeard ? (
          <>
            What you see is from <HeardAt lastHeard={lastHeard} /> and may have changed. Acknowledge
            and the other actions are kept in this browser, and delivered when it returns.{' '}
          </>
        ) : (
          'Nothing is known yet. '
        )}
        {refusal === 'other-host' ? (
          <>
            What answers at this address did not prove to be the Deckwatch that this browser is
            signed in at, and was told nothing. Start that one again, or sign in anew.
          </>
        ) : (
          <>
            {isTrying ? 'Connecting…' : 'Deckwatch keeps trying.'} If it does not come back, start
            it again as you started it before (the same <code>--port</code> and <code>--data</code>
            ); this page reconnects by itself.
          </>
        )}
      </p>
      <Waiting phase={connection.phase} />
    </Banner>
  )
}

type Lost = Extract<Connection, { phase: 'lost' }>

function Title({ connection: { lastHeard, refusal } }: { readonly connection: Lost }) {
  if (refusal === 'other-host') return 'Another program answers at this address'
  if (!lastHeard) return 'The engine does not answer'
  return (
    <>
      The engine has been lost since <HeardAt lastHeard={lastHeard} /> (
      <LostFor lastHeard={lastHeard} /> ago)
    </>
  )
}

function HeardAt({ lastHeard: { wall } }: { readonly lastHeard: Moment }) {
  const { engineNow } = useCockpit()
  return (
    <time dateTime={new Date(wall).toISOString()} title={formatUtc(wall)}>
      {local.second(wall, engineNow())}
    </time>
  )
}

function LostFor({ lastHeard }: { readonly lastHeard: Moment }) {
  return <>{useTicking(({ steady }) => formatAge(steady() - lastHeard.steady))}</>
}

function Waiting({ phase }: { readonly phase: Connection['phase'] }) {
  const kept = useOffline((state) => state.kept)
  const waiting = useMemo(() => kept.filter((each) => isShownWaiting(each, phase)), [kept, phase])
  if (waiting.length === 0) return null
  return (
    <PendingList
      label={`${plural(waiting.length, 'command')} for the engine when it returns`}
      commands={waiting}
    />
  )
}
