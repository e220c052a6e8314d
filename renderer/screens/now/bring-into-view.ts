/**
 * Where the parts of the screen stand above each other, what was selected may be below the window's
 * edge: the page then goes to it. On a window with room for all of it nothing moves.
 */
export function bringIntoView(element: HTMLElement): void {
  // Wide windows have nothing to scroll, and what does not scroll must not be pushed.
  if (!matchMedia('(max-width: 63rem)').matches) return
  const { top } = element.getBoundingClientRect()
  if (top < 0 || top > innerHeight / 2) element.scrollIntoView({ block: 'start' })
}
