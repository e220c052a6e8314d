/** The worker's address, which the browser host serves; its scope is the whole cockpit. */
const WORKER_PATH = '/service-worker.js'

/**
 * Lets the page itself be there after a reload with its host gone. Only where a host serves it over
 * HTTP: in Electron the page comes with the program. Without it everything else works.
 */
export function registerShell(
  browser: Pick<Navigator, 'serviceWorker'>,
  { protocol }: Pick<Location, 'protocol'>,
): void {
  if (!('serviceWorker' in browser) || !/^https?:$/.test(protocol)) return
  browser.serviceWorker.register(WORKER_PATH).catch(() => {
    // Forbidden by the browser, or a host that does not serve it: a reload then needs the host.
  })
}
