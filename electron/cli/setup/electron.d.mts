/** Electron's own program: its full path, or null when it is not there. */
export function findElectron(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null

/** Finds it, or has it downloaded; the problem is a sentence. */
export function ensureElectron(
  root: string,
  options: {
    readonly env: Readonly<Record<string, string | undefined>>
    readonly isWanted: boolean
    readonly now: number
  },
): Promise<{ path: string } | { problem: string }>
