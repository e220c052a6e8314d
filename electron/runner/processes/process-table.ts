/** A process as the system lists it. */
export interface ListedProcess {
  readonly pid: number
  readonly parent: number
  readonly group: number
  /** Null where the system does not list it. */
  readonly session: number | null
  /** When it started, in a unit of the table's own: with the number it says which process it is. */
  readonly startedAt: number
  /** It ended, and nobody has asked how. It can do nothing any more. */
  readonly isDead: boolean
}

/** The processes of this machine. Numbers are those of the system. */
export interface ProcessTable {
  /** How often a list costs little, ms. */
  readonly glanceMs: number
  /**
   * All processes but those to skip; those that end meanwhile may be missing. Rejects where they cannot
   * be listed now.
   *
   * @param skip numbers of processes that are of no interest.
   */
  list(skip?: ReadonlySet<number>): Promise<readonly ListedProcess[]>
  /** Whether this text is in the environment that it was started with; false where that is unknown. */
  hasInEnvironment(pid: number, text: string): boolean
  /** What its files are by their numbers (`socket:[4711]`); empty where that is unknown. */
  openFiles(pid: number): ReadonlySet<string>
  /** Names what a process has open under a number; null where that is unknown. */
  openFile(pid: number, descriptor: number): string | null
}
