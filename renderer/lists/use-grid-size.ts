import { useLayoutEffect, useState } from 'react'

/** The size of the letters that all sizes are counted in, px. */
export function remInPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
}

/** The width of an element in rem, as it changes. */
export function useWidthInRem(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(80)
  useLayoutEffect(() => {
    const box = element.current
    if (!box) return undefined
    const observer = new ResizeObserver(() => setWidth(Math.round(box.clientWidth / remInPixels())))
    observer.observe(box)
    return () => observer.disconnect()
  }, [element])
  return width
}
