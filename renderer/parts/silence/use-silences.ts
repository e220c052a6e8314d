import { useCallback, useEffect, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { SilencePlace } from '#shared/domain/silence/place.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'

/** The silences of one server, or why they are not known. */
export interface ListedSilences {
  readonly place: SilencePlace
  readonly silences: readonly Silence[]
  readonly more: number
  /** True where the source lists only a part of its server's alerts. */
  readonly isPartial: boolean
  readonly error: ContractError | null
}

/** The silences of these servers that concern alerts of theirs; null while they are being read. */
export function useSilences(places: readonly SilencePlace[]): {
  readonly listed: readonly ListedSilences[] | null
  /** Reads them again. */
  readonly look: () => void
} {
  const { client } = useCockpit()
  const [listed, setListed] = useState<readonly ListedSilences[] | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const state = { isStale: false }
    const ask = async (place: SilencePlace): Promise<ListedSilences> => {
      const answer = await client.request('silence.list', { sourceId: place.id })
      return answer.ok
        ? { place, ...answer.value, error: null }
        : { place, silences: [], more: 0, isPartial: false, error: answer.error }
    }
    void Promise.all(places.map(ask)).then((answers) => {
      if (!state.isStale) setListed(answers)
    })
    return () => {
      state.isStale = true
    }
  }, [client, places, round])
  const look = useCallback(() => setRound((before) => before + 1), [])
  return { listed, look }
}
