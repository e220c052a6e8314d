import { DATABASE_NAME, OfflineDatabase } from './database.ts'
import type { OfflinePorts } from './offline.ts'
import { browserTabs } from './tabs.ts'

/**
 * What this browser lends to keep things.
 *
 * @param tabId names this tab among those of the same cockpit.
 * @param person whom this page belongs to, by id; `me` is the owner.
 */
export function browserOffline(tabId: string, person: string): OfflinePorts {
  return {
    open: (events) => new OfflineDatabase(DATABASE_NAME, events),
    tabs: browserTabs(tabId),
    person,
    listenLeaving(leave) {
      // As late as browsers allow: hidden, frozen, closed or reloaded.
      window.addEventListener('pagehide', leave)
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden') leave()
      })
    },
  }
}
