import { IconPlugConnectedX } from '@tabler/icons-react'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import type { Moment } from '../../bridge/engine-client.ts'
import { useCockpit, useMirror, useTicking } from '../../state/context.ts'
import { formatAge } from '../../text/age.ts'
import { formatUtc, timeFormat } from '../../text/time.ts'

const local = timeFormat()

/** The engine does not answer: since when, what that means, what is being done about it. */
export function LostNotice() {
  const { client, engineNow } = useCockpit()
  const connection = useMirror((state) => state.connection)
  if (connection.phase !== 'lost') return null
  const { lastHeard, isTrying } = connection
  const time = lastHeard ? (
    <time dateTime={new Date(lastHeard.wall).toISOString()} title={formatUtc(lastHeard.wall)}>
      {local.second(lastHeard.wall, engineNow())}
    </time>
  ) : null
  return (
    <Banner
      tone="bad"
      icon={<IconPlugConnectedX size={18} />}
      title={
        lastHeard ? (
          <>
            The engine is lost since {time} (<LostFor lastHeard={lastHeard} />)
          </>
        ) : (
          'The engine does not answer'
        )
      }
      actions={<TextButton onClick={() => client.nudge()}>Try now</TextButton>}
    >
      <p>
        {lastHeard ? (
          <>
            What you see is from {time} and may have changed. Acknowledge and the other actions are
            refused until it returns.{' '}
          </>
        ) : (
          'Nothing is known yet. '
        )}
        {isTrying ? 'Connecting…' : 'Deckwatch keeps trying.'} If it does not come back, start it
        again as you started it before (the same <code>--port</code> and <code>--data</code>); this
        page reconnects by itself.
      </p>
    </Banner>
  )
}

function LostFor({ lastHeard }: { readonly lastHeard: Moment }) {
  return <>{useTicking(({ steady }) => formatAge(steady() - lastHeard.steady))}</>
}
