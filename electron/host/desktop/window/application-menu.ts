import type { MenuItemConstructorOptions } from 'electron'

/**
 * The menu of the program: what people expect of one (copy and paste, zoom, quit), and nothing that
 * leaves the cockpit. On Linux and Windows it is shown on Alt.
 */
export function applicationMenu(
  platform: NodeJS.Platform,
  hasDevTools: boolean,
): MenuItemConstructorOptions[] {
  const first: MenuItemConstructorOptions =
    platform === 'darwin'
      ? { role: 'appMenu' }
      : { label: '&File', submenu: [{ role: 'close' }, { role: 'quit', accelerator: 'Ctrl+Q' }] }
  return [
    first,
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        ...(hasDevTools ? [{ role: 'toggleDevTools' } as const] : []),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    ...(platform === 'darwin' ? [{ role: 'windowMenu' } as const] : []),
  ]
}
