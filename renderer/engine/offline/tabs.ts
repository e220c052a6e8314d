/**
 * The tabs of one cockpit. They share a database, and tell each other apart by locks: a browser lets
 * go of a tab's locks when the tab is gone, however it went.
 */
export interface Tabs {
  readonly me: string
  /** The tabs that are open, this one among them. */
  readonly open: () => Promise<ReadonlySet<string>>
  /** Runs one piece of work at a time among all tabs. */
  readonly exclusively: (name: string, work: () => Promise<void>) => Promise<void>
}

const TAB_LOCK = 'deckwatch-tab-'

/** The tabs by the browser's locks. Where it has none, each tab believes to be the only one. */
export function browserTabs(me: string): Tabs {
  if (!('locks' in navigator)) return onlyTab(me)
  // Held until the tab is gone.
  void navigator.locks.request(`${TAB_LOCK}${me}`, () => Promise.withResolvers<never>().promise)
  return {
    me,
    async open() {
      const { held = [] } = await navigator.locks.query()
      const names = held.map(({ name = '' }) => name)
      return new Set(
        names
          .filter((name) => name.startsWith(TAB_LOCK))
          .map((name) => name.slice(TAB_LOCK.length))
          .concat(me),
      )
    },
    async exclusively(name, work) {
      await navigator.locks.request(name, work)
    },
  }
}

/** A tab that knows of no other. */
export function onlyTab(me: string): Tabs {
  return {
    me,
    open: () => Promise.resolve(new Set([me])),
    exclusively: (_name, work) => work(),
  }
}
