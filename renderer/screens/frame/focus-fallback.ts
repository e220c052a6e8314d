/** The little of an element that is asked; a test has no page. */
export interface Place {
  readonly isConnected: boolean
  matches(selectors: string): boolean
}

/** Places that can be named, from the inside out: a group of buttons, a list, an open box. */
const PLACES = '[role="group"], ul, ol, [role="listbox"], [role="grid"], [role="dialog"]'
/** The screen, or a box over it: nothing outside of it is near any more. */
const BOUNDS = 'main, [role="dialog"]'

/** Where the focus belongs once the element that had it is gone. */
export interface Fallback<Element extends Place> {
  readonly target: Element
  /** False where a whole box has closed: whoever opened it may take the focus back. */
  readonly isNear: boolean
}

/**
 * Finds the place that is nearest to an element which has left the page: what was around it and is
 * still there, or where that begins. Null where nothing of its screen is left.
 *
 * @param path the element that had the focus and all that was around it, from the inside out.
 * @param startOf where one begins inside of an element: at its heading, or in its list.
 */
export function fallbackFor<Element extends Place>(
  path: readonly Element[],
  startOf: (element: Element) => Element | null,
): Fallback<Element> | null {
  // Another screen is shown now: that is where a person went, and nothing that they fell out of.
  if (path.some((around) => !around.isConnected && around.matches('main'))) return null
  const isNear = path.some((around) => around.isConnected && around.matches(BOUNDS))
  for (const around of path) {
    if (!around.isConnected) continue
    const target = around.matches(PLACES) ? around : startOf(around)
    if (target) return { target, isNear }
    if (around.matches(BOUNDS)) return { target: around, isNear }
  }
  return null
}
