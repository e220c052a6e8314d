import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { Age } from '../../../components/age.tsx'
import { Fact, FactList } from '../../../components/fact.tsx'
import { Instant } from '../../../components/instant.tsx'
import { useMirror } from '../../../engine/cockpit/context.ts'
import { readerOf } from '../../../engine/watch/reader.ts'
import { whoIs } from '../../../text/who.ts'
import type { FollowedRunbook } from './followed-runbook.ts'

interface WalkthroughFactsProps {
  readonly followed: FollowedRunbook
  readonly entry: RunbookEntry
}

/** Who follows it, and where its text comes from. */
export function WalkthroughFacts({ followed, entry }: WalkthroughFactsProps) {
  const me = useMirror(({ status }) => readerOf(status))
  const { walkthrough, runbook } = followed
  const { origin } = entry
  const last = walkthrough?.steps[walkthrough.lastStep]
  return (
    <FactList>
      {walkthrough ? (
        <>
          <Fact term="Started">
            {whoIs(walkthrough.startedBy, me)}{' '}
            <Instant at={walkthrough.startedAt} precision="minute" />
          </Fact>
          {last ? (
            <Fact term="Last step">
              {whoIs(last.by, me)}, <Age since={walkthrough.lastAt} /> ago
            </Fact>
          ) : null}
        </>
      ) : (
        <Fact term="Started">not yet: the first step that you mark starts it</Fact>
      )}
      <Fact term="Text">
        <code>{origin.kind === 'playbook' ? origin.path : origin.address}</code>
        {origin.kind === 'playbook' && origin.commit !== null ? (
          <>
            , commit <code title={origin.commit}>{origin.commit.slice(0, 8)}</code>
          </>
        ) : null}
        {origin.kind === 'url' && origin.fetchedAt !== null ? (
          <>
            , fetched <Age since={origin.fetchedAt} /> ago
          </>
        ) : null}
      </Fact>
      {runbook.owner === null ? null : <Fact term="Owner">{runbook.owner}</Fact>}
      <Fact term="Last tested">{runbook.verified ?? 'never, as far as its text says'}</Fact>
    </FactList>
  )
}
