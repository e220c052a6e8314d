/**
 * Calls back when this page may be about to go, as late as a browser allows: hidden, frozen, closed
 * or reloaded. Whatever has to be kept is written now.
 */
export function listenLeaving(leave: () => void): void {
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave()
  })
}

/**
 * Runs one piece of work at a time among all tabs of this cockpit. Where the browser has no locks,
 * each tab is on its own.
 */
export async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request(name, work)
}
