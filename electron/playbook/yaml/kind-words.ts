/** What a schema expects, in words. */
export function expectation(expected: string): string {
  const named: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list (lines that start with "- ")',
    object: 'keys with values',
    record: 'keys with values',
  }
  return named[expected] ?? expected
}

/** What a value is, in the same words. */
export function foundKind(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return (
    { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ??
    'keys with values'
  )
}
