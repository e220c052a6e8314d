import { useCallback, useEffect, useRef, useState } from 'react'

/** Two jumps of more than a page within this long, ms, are a flight. */
const TOGETHER_MS = 100
/** So long after the last jump, ms, the list has landed. */
const LANDED_AFTER_MS = 120

/**
 * Whether the list is flying past, faster than anybody reads: by the scroll bar from end to end. Its
 * lines then show only what one steers by, so that each frame is ready in time.
 */
export function useFlight() {
  const [isFlying, setFlying] = useState(false)
  const last = useRef({ top: 0, jumpedAt: 0 })
  const landing = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(landing.current), [])
  const onScroll = useCallback(({ currentTarget, timeStamp }: React.UIEvent<HTMLElement>) => {
    const { scrollTop, clientHeight } = currentTarget
    const { top, jumpedAt } = last.current
    const isJump = Math.abs(scrollTop - top) > clientHeight
    last.current = { top: scrollTop, jumpedAt: isJump ? timeStamp : jumpedAt }
    if (!isJump) return
    if (timeStamp - jumpedAt < TOGETHER_MS) setFlying(true)
    clearTimeout(landing.current)
    landing.current = setTimeout(() => setFlying(false), LANDED_AFTER_MS)
  }, [])
  return { isFlying, onScroll }
}
