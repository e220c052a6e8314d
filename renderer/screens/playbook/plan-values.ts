import type { FileChange, FileValue } from '#shared/contract/playbook.ts'

/** A place in a file: keys and places in lists, from the top. */
export type At = FileChange['at']

/** What stands at a place; undefined for nothing. */
export function valueAt(value: FileValue, at: At): FileValue | undefined {
  let found: FileValue | undefined = value
  for (const key of at) {
    if (typeof key === 'number') found = Array.isArray(found) ? found[key] : undefined
    else found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined
  }
  return found
}

/** What stands at a place as a text; empty for nothing, and for what is none. */
export function textAt(value: FileValue, at: At): string {
  const found = valueAt(value, at)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}

/** What stands at a place as a list; empty for nothing, and for what is none. */
export function listAt(value: FileValue, at: At): readonly FileValue[] {
  const found = valueAt(value, at)
  return Array.isArray(found) ? found : []
}

/** True for keys with values. */
export function isMap(value: FileValue | undefined): value is Record<string, FileValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Writes a text; an empty one takes the key away. */
export function textChange(at: At, text: string): FileChange {
  return text.trim() === '' ? { at } : { at, value: text.trim() }
}

/** Writes texts as a list; none takes the key away. */
export function linesChange(at: At, text: string): FileChange {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines.length === 0 ? { at } : { at, value: lines }
}

/** Where the text of an entry stands that is a text, or keys with `text` or `run` among them. */
export function textPlace(value: FileValue, at: At): At {
  const found = valueAt(value, at)
  if (!isMap(found)) return at
  return [...at, Object.hasOwn(found, 'run') && !Object.hasOwn(found, 'text') ? 'run' : 'text']
}
