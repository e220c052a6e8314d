import type { SystemProxies } from '#electron/http/proxy-finder.ts'
import type { SessionsApi } from '../electron-api.ts'

/** A session of its own, in memory: nothing of the cockpit's rules stands in its way. */
const PARTITION = 'system-proxies'

/**
 * The system's settings of proxies, as Chromium reads them: of Windows, macOS and the Linux desktops,
 * with a PAC script where they name one.
 */
export function createSystemProxies(session: SessionsApi): SystemProxies {
  return (url) => session.fromPartition(PARTITION).resolveProxy(url)
}
