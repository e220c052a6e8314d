import { useCallback, useEffect, useRef, useState } from 'react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { holdQueue, type HeldQueue } from './held-queue.ts'
import type { QueueItem, Section } from '../../engine/watch/queue.ts'

/** How long the lines wait for a pointer that rests on them, ms: time to aim and press. */
const HOLD_MS = 5_000

interface Held {
  readonly items: readonly QueueItem[]
  /** What was collapsed then: whoever opens a section wants to see it. */
  readonly collapsed: ReadonlySet<Section>
}

/**
 * Holds the queue's lines where they are while a pointer moves over them or over what lies on them,
 * so that none slips away under it. They are let go when it leaves, when it has rested for a while,
 * and by any key; and when something is selected that is not among them, which would not be seen.
 */
export function useHeldQueue(
  live: readonly QueueItem[],
  collapsed: ReadonlySet<Section>,
  incidents: ReadonlyMap<string, Incident> | undefined,
  selectedId: string | null,
) {
  const [held, setHeld] = useState<Held | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const release = useCallback(() => {
    clearTimeout(timer.current)
    setHeld(null)
  }, [])
  useEffect(() => {
    window.addEventListener('keydown', release, { capture: true })
    return () => {
      clearTimeout(timer.current)
      window.removeEventListener('keydown', release, { capture: true })
    }
  }, [release])

  const hold = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(release, HOLD_MS)
    if (live.length > 0) setHeld((before) => before ?? { items: live, collapsed })
  }
  const isHeld =
    held?.collapsed === collapsed &&
    incidents !== undefined &&
    (hasLine(held.items, selectedId) || !hasLine(live, selectedId))
  const { items, news }: HeldQueue = isHeld
    ? holdQueue(held.items, live, incidents)
    : { items: live, news: null }
  // Pressed after a rest: what is pressed must not slip away before it is let go.
  const pointer = { onPointerMove: hold, onPointerDown: hold, onPointerLeave: release }
  return { items, news, release, pointer }
}

function hasLine(items: readonly QueueItem[], incidentId: string | null): boolean {
  return items.some((item) => item.kind === 'incident' && item.incident.id === incidentId)
}
