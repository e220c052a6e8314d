/** A word as a shell has to be given it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** A command and its arguments as a line that a person could type. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}
