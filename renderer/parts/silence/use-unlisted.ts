import { useEffect, useState } from 'react'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import type { Unlisted } from '#shared/domain/silence/schema.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { ListedSilences } from './use-silences.ts'

/** Who types is done with a matcher after this, ms: its server need not be asked for each letter. */
const SETTLE_MS = 400

const nothing: Unlisted = { alerts: 0, p0: 0, names: [] }

/**
 * What matchers hide beside what the sources list; null where that could not be found out. Nothing is
 * asked of a server whose source lists all of its alerts.
 *
 * @param matchers null while they cannot be used.
 */
export function useUnlisted(
  listed: readonly ListedSilences[],
  matchers: readonly Matcher[] | null,
): Unlisted | null {
  const { client } = useCockpit()
  const [found, setFound] = useState<Unlisted | null>(nothing)
  const asked = JSON.stringify(matchers)
  const partial = JSON.stringify(
    listed.filter(({ isPartial }) => isPartial).map(({ place }) => place.id),
  )
  useEffect(() => {
    const state = { isStale: false }
    const wanted = JSON.parse(asked) as Matcher[] | null
    const ids = JSON.parse(partial) as string[]
    const timer = setTimeout(() => {
      if (wanted === null || ids.length === 0) return
      const answers = ids.map((sourceId) =>
        client.request('silence.unlisted', { sourceId, matchers: wanted }),
      )
      void Promise.all(answers).then((results) => {
        if (state.isStale) return
        let sum: Unlisted | null = nothing
        for (const result of results) sum = sum && result.ok ? add(sum, result.value) : null
        setFound(sum)
      })
    }, SETTLE_MS)
    return () => {
      state.isStale = true
      clearTimeout(timer)
    }
  }, [client, asked, partial])
  return found
}

function add(a: Unlisted, b: Unlisted): Unlisted {
  return { alerts: a.alerts + b.alerts, p0: a.p0 + b.p0, names: [...a.names, ...b.names] }
}
