import { isDeepStrictEqual } from 'node:util'
import { isMap, isSeq, parseDocument, type Document } from 'yaml'
import type { FileChange, FileValue } from '#shared/contract/playbook.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { PlainValue } from '#shared/domain/text/plain.ts'
import { dialect } from './dialect.ts'
import { keepLines } from './keep-lines.ts'
import { isInTheWay, patchDocument } from './patch.ts'
import { styleOf } from './style.ts'

/** Why values cannot be changed in a text: it is no YAML, or what is to change stands elsewhere in it. */
export type ChangeRefusal = 'broken' | 'alias'

/**
 * A YAML text with single values changed. Lines that no change touches stay to the letter; comments,
 * quotes and order stay everywhere.
 */
export function changeValues(
  text: string,
  changes: readonly FileChange[],
): Result<string, ChangeRefusal> {
  const document = parse(text)
  if (document.errors.length > 0) return fail('broken')
  const style = { lineWidth: 0, ...styleOf(text) }
  try {
    const before = document.contents === null ? null : document.toString(style)
    for (const { at, value } of changes) change(document, at, value)
    const rendered = document.toString(style)
    const kept = before === null ? null : keepLines(text, before, rendered)
    if (kept === null) return ok(rendered)
    const isRight = isDeepStrictEqual(valueOf(kept), valueOf(rendered))
    return ok(isRight ? kept : rendered)
  } catch (error) {
    if (isInTheWay(error)) return fail('alias')
    throw error
  }
}

/** What a text holds, as plain JSON; null for what is no YAML or unfolds without end. */
export function valueOf(text: string): FileValue {
  const document = parse(text)
  if (document.errors.length > 0) return null
  try {
    // Through JSON: a date or a number that JSON has not would not reach the cockpit.
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 }) ?? null)) as FileValue
  } catch {
    return null
  }
}

function parse(text: string): Document {
  return parseDocument(text, {
    ...dialect,
    prettyErrors: false,
    logLevel: 'silent',
  })
}

function change(document: Document, at: FileChange['at'], value: FileValue | undefined): void {
  if (at.length === 0) {
    document.contents = document.createNode(plain(value))
    return
  }
  const node = document.getIn(at, true)
  const found = isMap(node) || isSeq(node) ? (node.toJS(document) as unknown) : document.getIn(at)
  patchDocument(document, at, plain(found), plain(value))
}

/** Without nulls: in a file of ours nothing is said by one. */
function plain(value: unknown): PlainValue | undefined {
  if (value === null || value === undefined) return undefined
  if (Array.isArray(value)) {
    return value.flatMap((each): PlainValue[] => {
      const kept = plain(each)
      return kept === undefined ? [] : [kept]
    })
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, each]) => [key, plain(each)] as const)
    return Object.fromEntries(
      entries.flatMap(([key, each]) => (each === undefined ? [] : [[key, each]])),
    )
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined
}
