import type { Logger } from '#electron/engine/ports/logger.ts'
import type { ElectronApi, Navigation, Preventable, WebContents } from '../electron-api.ts'
import { COCKPIT_PAGE } from './cockpit-address.ts'
import { toExternalLink } from './external-link.ts'

/**
 * Keeps a page where it is: it may reload, and nothing else. New windows are never made; a link to
 * the web goes to the person's browser, any other is dropped.
 */
export function guardContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  { shell, logger }: { readonly shell: ElectronApi['shell']; readonly logger: Logger },
): void {
  const deny = (what: string) => (event: Preventable) => {
    event.preventDefault()
    logger.warn({ what }, 'The page tried to leave the cockpit and was stopped')
  }
  const stay = (details: Navigation) => {
    if (details.url.split('#', 1)[0] !== COCKPIT_PAGE) deny('navigation')(details)
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', deny('redirect'))
  contents.on('will-attach-webview', deny('webview'))
  contents.setWindowOpenHandler(({ url }) => {
    const link = toExternalLink(url)
    if (link === null) {
      logger.warn({}, 'A link that does not lead to the web was not opened')
    } else {
      shell.openExternal(link).catch((error: unknown) => {
        logger.warn({ err: error }, 'A link could not be opened in the browser')
      })
    }
    return { action: 'deny' }
  })
}
