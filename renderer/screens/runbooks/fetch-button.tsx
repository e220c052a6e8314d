import { SmallButton } from '../../components/small-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useRunbooks, useRunbooksModel } from './runbooks-model.ts'

interface FetchButtonProps {
  readonly id: string
  readonly label: string
}

/** Asks the server for a page now: a person's consent for this address, this once. */
export function FetchButton({ id, label }: FetchButtonProps) {
  const model = useRunbooksModel()
  const isFetching = useRunbooks(({ fetching }) => fetching.has(id))
  const refusal = useMirror((state) => refusalOf(state, 'runbook.fetch'))
  return (
    <SmallButton
      aria-disabled={isFetching || refusal !== null}
      aria-busy={isFetching}
      title={refusal ?? undefined}
      onClick={() => {
        if (refusal === null) void model.fetch(id)
      }}
    >
      {isFetching ? 'Fetching…' : label}
    </SmallButton>
  )
}
