import {
  app,
  BrowserWindow,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findAssets } from '../node/assets.ts'
import { startDesktop } from './desktop-host.ts'
import { ownArguments } from './options.ts'
import packageJson from '../../../package.json' with { type: 'json' }

const here = fileURLToPath(import.meta.url)
const folder = dirname(here)
const assets = findAssets(import.meta.url)

function crash(error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  dialog.showErrorBox('Deckwatch cannot start. This is a bug, please report it', reason)
  process.stderr.write(`${reason}\n`)
  app.exit(1)
}

// Not awaited: Electron becomes ready only when this file has run to its end.
startDesktop(
  {
    app,
    BrowserWindow,
    dialog,
    globalShortcut,
    ipcMain,
    Menu,
    nativeImage,
    nativeTheme,
    Notification,
    powerMonitor,
    protocol,
    safeStorage,
    screen,
    session,
    shell,
    Tray,
  },
  {
    args: ownArguments(process.argv, app.isPackaged),
    env: process.env,
    platform: process.platform,
    program: process.execPath,
    script: app.isPackaged ? null : here,
    cockpit: join(folder, '..', 'renderer'),
    preload: join(folder, '..', 'preload', 'preload.cjs'),
    assets: assets.folder,
    sounds: join(assets.forOthers, 'sounds'),
    version: packageJson.version,
    say: (text) => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
    crash,
    onStopSignal(stop) {
      process.on('SIGINT', stop)
      process.on('SIGTERM', stop)
    },
  },
)
  // `npm start` listens; nobody else does.
  .then(() => process.send?.('started'))
  .catch(crash)
