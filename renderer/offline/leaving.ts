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
