import { useCallback, useEffect, useRef, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import {
  continueAfter,
  continuePage,
  joinPages,
  type TimelinePage,
} from '#shared/domain/timeline/timeline.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** Changes closer together than this, ms, are asked for once. */
const SETTLE_MS = 150

/** A timeline that is being read, was read, or could not be. */
export interface TimelineReading {
  /** All that was read so far, without gaps up to the newest. */
  readonly timeline: TimelinePage | null
  readonly error: ContractError | null
  readonly isReadingOlder: boolean
  /** Reads the page before the oldest entry; does nothing while one is being read. */
  readonly readOlder: () => void
}

type Ask = (range: {
  readonly after?: number
  readonly before?: number
}) => Promise<Result<TimelinePage, ContractError>>

/**
 * Reads an incident's timeline, the newest page first, and at each new version what came after it.
 * Mount it anew for each incident. What could not be read leaves what was read as it is; while the
 * engine is lost nothing is said of it here, the cockpit has its own notice for that.
 */
export function useTimeline(incidentId: string, version: string): TimelineReading {
  const { client, offline } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const [timeline, setTimeline] = useState<TimelinePage | null>(null)
  const [error, setError] = useState<ContractError | null>(null)
  const [isReadingOlder, setReadingOlder] = useState(false)
  /** What is shown, for answers that come while another one is awaited. */
  const known = useRef<TimelinePage | null>(null)

  const show = useCallback((page: TimelinePage) => {
    known.current = page
    setTimeline(page)
  }, [])
  const ask = useCallback<Ask>(
    (range) => client.request('incident.timeline', { incidentId, ...range }),
    [client, incidentId],
  )
  const say = useCallback((problem: ContractError) => {
    if (problem.code !== 'engine-unreachable') setError(problem)
  }, [])

  useEffect(() => {
    const state = { isStale: false }
    const giveUp = () => {
      state.isStale = true
    }
    if (!isOpen) {
      // What was read before a reload stays readable; what was read since is newer.
      void offline.timelines.recall(incidentId).then((page) => {
        if (!state.isStale && page && known.current === null) show(page)
      })
      return giveUp
    }
    const read = async () => {
      let isBehind = true
      while (isBehind) {
        const next = await readOn(known.current, ask)
        if (state.isStale) return
        if (!next.ok) {
          say(next.error)
          return
        }
        // An older page may have come in between: it is gone on from what is known by now.
        const page = next.value(known.current)
        show(page)
        setError(null)
        isBehind = page.hasNewer
      }
      if (known.current) offline.timelines.keep(incidentId, known.current)
    }
    const timer = setTimeout(() => void read(), SETTLE_MS)
    return () => {
      giveUp()
      clearTimeout(timer)
    }
  }, [ask, say, show, offline, incidentId, version, isOpen])

  const readOlder = useCallback(() => {
    const before = known.current?.span?.oldest
    if (before === undefined || isReadingOlder) return
    setReadingOlder(true)
    void ask({ before }).then((result) => {
      setReadingOlder(false)
      if (!result.ok) {
        say(result.error)
        return
      }
      const page = known.current
      // Read anew in the meantime, it begins somewhere else.
      if (page?.span?.oldest === before) show(joinPages(result.value, page))
    })
  }, [ask, say, show, isReadingOlder])

  return { timeline, error, isReadingOlder, readOlder }
}

/** What is known, with what came after it. */
type GoOn = (known: TimelinePage | null) => TimelinePage

/**
 * True where another incident's record came to this one: entries of it belong between those that were
 * read. What comes again with the page was read after that.
 */
function bringsEarlier({ entries: [, ...fresh] }: TimelinePage): boolean {
  return fresh.some(({ type }) => type === 'incident.merged')
}

/** Reads on from a page; the newest page when there is none yet, or when it is of another journal. */
async function readOn(page: TimelinePage | null, ask: Ask): Promise<Result<GoOn, ContractError>> {
  const after = page && continueAfter(page)
  if (after !== null) {
    const next = await ask({ after })
    if (!next.ok) return next
    if (page && !bringsEarlier(next.value) && continuePage(page, next.value)) {
      return ok((known) => (known && continuePage(known, next.value)) ?? next.value)
    }
  }
  const newest = await ask({})
  return newest.ok ? ok(() => newest.value) : newest
}
