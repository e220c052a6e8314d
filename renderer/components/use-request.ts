import { useEffect, useRef } from 'react'

/** Requests that somebody has taken up: a part that is shown anew does not take them up again. */
const taken = new WeakSet()

/**
 * Does what this part of the screen is asked for: once for each request, after the rendering that
 * brought it, or as soon as this part is shown.
 *
 * @param request each time it is asked for, another object.
 * @param fulfil sees the latest rendering.
 */
export function useRequest<Request extends object>(
  request: Request | null,
  fulfil: (request: Request) => void,
): void {
  const latest = useRef(fulfil)
  useEffect(() => {
    latest.current = fulfil
  })
  useEffect(() => {
    if (request === null || taken.has(request)) return
    taken.add(request)
    latest.current(request)
  }, [request])
}
