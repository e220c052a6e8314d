import { DATABASE_NAME, OfflineDatabase } from './database.ts'
import type { OfflinePorts } from './offline.ts'
import { browserTabs } from './tabs.ts'

/**
 * What this browser lends to keep things.
 *
 * @param tabId names this tab among those of the same cockpit.
 */
export function browserOffline(tabId: string): OfflinePorts {
  return {
    open: (events) => new OfflineDatabase(DATABASE_NAME, events),
    tabs: browserTabs(tabId),
    listenLeaving(leave) {
      // As late as browsers allow: hidden, frozen, closed or reloaded.
      window.addEventListener('pagehide', leave)
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden') leave()
      })
    },
  }
}
