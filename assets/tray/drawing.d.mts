import type { TraySheet } from '../../electron/host/desktop/tray/tray-sheet.ts'

export function fingerprintOf(sheet: TraySheet): string
