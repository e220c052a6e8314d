import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Session } from '../electron-api.ts'
import { COCKPIT_ORIGIN, COCKPIT_SCHEME } from './cockpit-address.ts'

/** The one thing that the page may ask for: its copy buttons write plain text. */
const ALLOWED = 'clipboard-sanitized-write'

/** What the cockpit makes in the page itself: what it exports. */
const OWN_BLOB = `blob:${COCKPIT_ORIGIN}/`
/** How the cockpit calls what it exports; see `fileNameOf` of an incident. */
const EXPORTED = /^deckwatch-[a-z0-9-]{1,100}\.(?:md|json|html|pdf)$/

/**
 * Takes from the page's session all that the cockpit does not need: permissions, devices, screens,
 * downloads but its own exports, and every address but its own.
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
  session.on('will-download', (event, item) => {
    const isExport = item.getURL().startsWith(OWN_BLOB) && EXPORTED.test(item.getFilename())
    if (isExport) {
      // No path is set, so Electron asks the person where to: the page never chooses one.
      item.setSaveDialogOptions({ defaultPath: item.getFilename() })
      return
    }
    event.preventDefault()
    logger.warn({}, 'The page tried to download something and was stopped')
  })
  const schemes = [`${COCKPIT_SCHEME}:`, OWN_BLOB, ...(hasDevTools ? ['devtools:'] : [])]
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const isKnown = schemes.some((scheme) => url.startsWith(scheme))
    if (!isKnown) logger.warn({}, 'The page tried to reach another address and was stopped')
    callback({ cancel: !isKnown })
  })
}
