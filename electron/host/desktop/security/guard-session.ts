import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Session } from '../electron-api.ts'
import { COCKPIT_ORIGIN, COCKPIT_SCHEME } from './cockpit-address.ts'

/** The one thing that the page may ask for: its copy buttons write plain text. */
const ALLOWED = 'clipboard-sanitized-write'

/**
 * Takes from the page's session all that the cockpit does not need: permissions, devices, screens,
 * downloads, and every address but its own.
 *
 * @param hasDevTools lets the developer tools load themselves.
 */
export function guardSession(
  session: Session,
  { hasDevTools, logger }: { readonly hasDevTools: boolean; readonly logger: Logger },
): void {
  const isOurs = (address: string) =>
    address === COCKPIT_ORIGIN || address.startsWith(`${COCKPIT_ORIGIN}/`)

  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) => {
    const isGranted = permission === ALLOWED && isOurs(requestingUrl)
    if (!isGranted) logger.warn({ permission }, 'The page asked for a permission and was refused')
    callback(isGranted)
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === ALLOWED && isOurs(origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null)
  })
  // Chromium would fetch dictionaries from its maker.
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => {
    event.preventDefault()
    logger.warn({}, 'The page tried to download something and was stopped')
  })
  const schemes = [`${COCKPIT_SCHEME}:`, ...(hasDevTools ? ['devtools:'] : [])]
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const isKnown = schemes.some((scheme) => url.startsWith(scheme))
    if (!isKnown) logger.warn({}, 'The page tried to reach another address and was stopped')
    callback({ cancel: !isKnown })
  })
}
