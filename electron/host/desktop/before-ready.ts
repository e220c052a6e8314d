import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DESKTOP_NAME } from './desktop-name.ts'
import type { ElectronApi } from './electron-api.ts'
import { COCKPIT_SCHEME } from './security/cockpit-address.ts'

/** What Windows knows the program by: the `appId` of electron-builder.yml. */
const APP_ID = 'org.deckwatch.app'

/** Started from the repository: the login item and the notifications stay those of the installed one. */
const DEVELOPMENT = { name: 'Deckwatch (development)', id: `${APP_ID}.development` } as const

/**
 * The limits of `npm start` for the browser host: they halve the memory that a storm leaves behind.
 * The main process has its own already when this runs; `npm start` passes them to it.
 */
const JS_FLAGS = '--max-semi-space-size=8 --max-old-space-size=1024 --expose-gc'

/** What Electron must be told before it is ready, and can't be told later. */
export function prepareElectron(
  { app, protocol }: Pick<ElectronApi, 'app' | 'protocol'>,
  {
    dataDirectory,
    platform,
  }: { readonly dataDirectory: string; readonly platform: NodeJS.Platform },
): void {
  app.enableSandbox()
  // Unpackaged, Electron would call itself Electron. Only Windows knows a program by what it says it is.
  const isApart = platform === 'win32' && !app.isPackaged
  app.setName(isApart ? DEVELOPMENT.name : 'Deckwatch')
  app.commandLine.appendSwitch('js-flags', JS_FLAGS)
  app.setAppUserModelId(isApart ? DEVELOPMENT.id : APP_ID)
  if (platform === 'linux') app.setDesktopName(DESKTOP_NAME)
  protocol.registerSchemesAsPrivileged([
    { scheme: COCKPIT_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  // The lock on a single instance lies here: like the journal's, it is one for each data directory.
  const profile = join(dataDirectory, 'window')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
}
