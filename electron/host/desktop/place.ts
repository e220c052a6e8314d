/** What surrounds this program on its machine, passed in by its entry. */
export interface Place {
  /** The arguments that are ours, without the program and the script. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** Full path of the running program. */
  readonly program: string
  /** Full path of the script that Electron was given; null when this is the packaged program. */
  readonly script: string | null
  /** Full paths: the built cockpit, the preload, `assets/`. */
  readonly cockpit: string
  readonly preload: string
  readonly assets: string
  /** Full path of `assets/sounds`, where programs outside of the package can read it. */
  readonly sounds: string
  readonly version: string
  /** Tells the person who started it: on standard output. */
  readonly say: (text: string) => void
  /** The same on standard error. */
  readonly complain: (text: string) => void
  /** Says that the program ends because of a bug, and ends it. */
  readonly crash: (error: unknown) => void
  /** Calls back when the system asks the process to end. */
  readonly onStopSignal: (stop: () => void) => void
}
