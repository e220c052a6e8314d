/** What a check found. */
export type Found =
  /** The server answered, whatever it said. */
  | {
      readonly kind: 'answered'
      readonly lines: readonly string[]
      readonly summary: string
      readonly numbers: Readonly<Record<string, number>>
    }
  /** There is no answer. */
  | {
      readonly kind: 'failed' | 'timed-out'
      /** Why, in a sentence. */
      readonly message: string
      /** What is known besides. */
      readonly lines: readonly string[]
    }

/** No answer. */
export const failed = (message: string, lines: readonly string[] = []): Found => ({
  kind: 'failed',
  message,
  lines,
})

/** No answer in time. */
export const late = (message: string, lines: readonly string[] = []): Found => ({
  kind: 'timed-out',
  message,
  lines,
})

/** A time for people: `12 ms`, `1.4 s`. */
export function took(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  return ms < 1_000 ? `${String(Math.round(ms))} ms` : `${String(tenths(ms / 1_000))} s`
}

/** A time as an expectation compares it: in tenths of a ms. */
export const tenths = (ms: number) => Math.round(ms * 10) / 10

/** `1 name server`, `2 name servers`. */
export function counted(count: number, one: string): string {
  return `${String(count)} ${one}${count === 1 ? '' : 's'}`
}
