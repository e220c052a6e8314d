/** A part of a text, in UTF-16 units; `end` is behind it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What stands in place of a secret. */
export const MASK = '[masked]'

/** Spans in order, those that overlap or touch made one. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    } else {
      merged.push(span)
    }
  }
  return merged
}

/** The text with {@link MASK} in place of each span; they are in order and do not overlap. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  let masked = ''
  let from = 0
  for (const { start, end } of spans) {
    masked += text.slice(from, start) + MASK
    from = end
  }
  return masked + text.slice(from)
}
