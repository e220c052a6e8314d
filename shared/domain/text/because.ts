/** Why somebody did something, after what they did; empty where they did not say. */
export function because(reason: string | null): string {
  return reason === null ? '' : ` (“${reason}”)`
}
