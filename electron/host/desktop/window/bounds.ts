import type { Rectangle } from 'electron'
import { z } from 'zod'

/** Size of a new window, and the smallest one that the cockpit is laid out for. */
export const WINDOW_SIZE = { width: 1280, height: 800, minWidth: 900, minHeight: 600 } as const
/** As much of the window's top must be on a display for a hand to reach it, points. */
const REACHABLE = { width: 120, height: 40 } as const

const whole = z.number().int().min(-100_000).max(100_000)

/** What is remembered of the window from one start to the next. */
export const windowMemorySchema = z.object({
  bounds: z
    .object({ x: whole, y: whole, width: whole.min(100), height: whole.min(100) })
    .nullable()
    .default(null),
  isMaximized: z.boolean().default(false),
  /** That closing only hides it was said. */
  hasToldHiding: z.boolean().default(false),
})
export type WindowMemory = Readonly<z.infer<typeof windowMemorySchema>>

/** Where a window goes: where it was, if that can still be reached, else where the system likes. */
export function placeWindow(
  remembered: Rectangle | null,
  displays: readonly { readonly workArea: Rectangle }[],
): Partial<Rectangle> {
  const size = (bounds: { readonly width: number; readonly height: number }) => ({
    width: Math.max(bounds.width, WINDOW_SIZE.minWidth),
    height: Math.max(bounds.height, WINDOW_SIZE.minHeight),
  })
  if (!remembered) return size(WINDOW_SIZE)
  const { x, y, width } = remembered
  const isReachable = displays.some(({ workArea }) => {
    const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x)
    return (
      across >= REACHABLE.width &&
      y >= workArea.y - REACHABLE.height / 2 &&
      y + REACHABLE.height <= workArea.y + workArea.height
    )
  })
  return isReachable ? { x, y, ...size(remembered) } : size(remembered)
}
