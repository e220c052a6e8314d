/**
 * What jsdom lacks, for it lays nothing out: sizes are those of one window, nothing scrolls, and no
 * media query holds. Imported by tests of components, before what they render.
 */
class NoResizes implements ResizeObserver {
  observe(): void {
    // Nothing changes its size here.
  }
  unobserve(): void {
    // See above.
  }
  disconnect(): void {
    // See above.
  }
}

/** All that is observed is in sight. */
class AllInSight {
  readonly #callback: IntersectionObserverCallback
  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback
  }
  observe(target: Element): void {
    const seen = { target, isIntersecting: true } as IntersectionObserverEntry
    this.#callback([seen], this as unknown as IntersectionObserver)
  }
  unobserve(): void {
    // Nothing goes out of sight here.
  }
  disconnect(): void {
    // See above.
  }
}

function noMatch(query: string): MediaQueryList {
  const never = { matches: false, media: query, onchange: null }
  return Object.assign(new EventTarget(), never) as MediaQueryList
}

globalThis.ResizeObserver = NoResizes
globalThis.IntersectionObserver = AllInSight as unknown as typeof IntersectionObserver
window.matchMedia = noMatch
Element.prototype.scrollIntoView = () => undefined
Element.prototype.scrollTo = () => undefined
Element.prototype.scrollBy = () => undefined
// A virtual list shows as many lines as fit into its box: without sizes, that would be none.
for (const [name, size] of [
  ['clientHeight', 800],
  ['clientWidth', 1280],
] as const) {
  Object.defineProperty(Element.prototype, name, { configurable: true, get: () => size })
}
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 40 })
