/** How often something happened: `once`, `3 times`. */
export function timesWords(count: number): string {
  return count === 1 ? 'once' : `${String(count)} times`
}
