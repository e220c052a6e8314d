/** Small values that a source keeps over a restart, such as where the drill's story is. */
export interface Marks {
  read(key: string): string | null
  write(key: string, value: string): void
}
