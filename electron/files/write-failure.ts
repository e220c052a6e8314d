/** Why the data folder could not be written to, as a part of a sentence. */
export function writeFailure(error: unknown): string {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return 'the data folder may not be written to'
  }
  return `the data folder cannot be written to (${code})`
}

/** The code that the system gives an error, such as `ENOENT`; `unknown` where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
