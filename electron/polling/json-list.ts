import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Failure } from '#electron/http/failure.ts'
import { parseJson } from '#electron/http/json.ts'

/** The text of a JSON array and what it says. */
export interface JsonList {
  readonly text: string
  readonly items: readonly unknown[]
}

/** A window larger than this part of the text is not worth the search for it. */
const LARGEST_WINDOW = 0.5

/**
 * Parses an answer that is a list. Where it is mostly the text of the answer before, as the answer of
 * a server that sorts its list is, only what lies between the common start and the common end is
 * parsed; the rest are the very same objects as before. Measured with 10,000 alerts of 6 MB, where
 * one is new: 22 ms of parsing become 5 ms, and 30 ms of collecting garbage disappear.
 *
 * @param separator what stands between two elements and can stand nowhere else: a brace that closes,
 *   a comma, and the first key of the next element. Should a text hold it elsewhere all the same, the
 *   count of separators shows it and the whole is parsed.
 * @returns a value that is no list as it is, for the caller to word.
 */
export function parseJsonList(
  text: string,
  host: string,
  separator: string,
  before: JsonList | null,
): Result<JsonList | { readonly other: unknown }, Failure> {
  const items = before && patch(text, separator, before)
  if (items) return ok({ text, items })
  const parsed = parseJson(text, host)
  if (!parsed.ok) return parsed
  return ok(
    Array.isArray(parsed.value)
      ? { text, items: parsed.value as readonly unknown[] }
      : { other: parsed.value },
  )
}

/** The elements of a text by those of the one before; null where the whole must be parsed. */
function patch(text: string, separator: string, before: JsonList): readonly unknown[] | null {
  if (text === before.text) return before.items
  const start = commonStart(text, before.text)
  const end = commonEnd(text, before.text, start)
  // The last separator that lies wholly in the common start, the first that lies in the common end.
  const left = text.lastIndexOf(separator, start - separator.length)
  const right = text.indexOf(separator, text.length - end)
  if (left < 0 || right < 0 || right < left) return null
  if (right - left > text.length * LARGEST_WINDOW) return null
  const first = count(text, separator, 0, left + separator.length)
  const last = count(text, separator, right, text.length)
  const known = before.items.length
  const isSound =
    first + last <= known && count(before.text, separator, 0, before.text.length) === known - 1
  if (!isSound) return null
  const between = parseWindow(text.slice(left + separator.indexOf('{'), right + 1))
  if (!between) return null
  const isWhole = first + between.length + last - 1 === count(text, separator, 0, text.length)
  return isWhole
    ? [...before.items.slice(0, first), ...between, ...before.items.slice(known - last)]
    : null
}

function parseWindow(window: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(`[${window}]`)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/** How many characters two texts have in common at their start. Halves: comparing slices is fast. */
function commonStart(a: string, b: string): number {
  let low = 0
  let high = Math.min(a.length, b.length)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (a.slice(low, middle) === b.slice(low, middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** The same at their end, without what the start has in common already. */
function commonEnd(a: string, b: string, start: number): number {
  let low = 0
  let high = Math.min(a.length, b.length) - start
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const isSame =
      a.slice(a.length - middle, a.length - low) === b.slice(b.length - middle, b.length - low)
    if (isSame) low = middle
    else high = middle - 1
  }
  return low
}

function count(text: string, part: string, from: number, to: number): number {
  let found = 0
  for (let at = text.indexOf(part, from); at >= 0 && at + part.length <= to;) {
    found += 1
    at = text.indexOf(part, at + part.length)
  }
  return found
}
