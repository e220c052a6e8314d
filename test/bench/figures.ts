/** Milliseconds, exact where they are few. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`
/** Milliseconds as seconds. */
export const seconds = (valueMs: number): string => `${(valueMs / 1_000).toFixed(2)} s`
/** A ratio. */
export const times = (value: number): string => `${value.toFixed(2)} ×`
/** Bytes. */
export const mib = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB`
/** A number of alerts, incidents or events. */
export const count = (value: number): string => value.toLocaleString('en')
