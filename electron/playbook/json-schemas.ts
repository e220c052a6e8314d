import { z } from 'zod'
import type { FileKinds } from './file-kind.ts'

/** A JSON Schema for editors. */
export interface PublishedSchema {
  /** The kind's, such as `plan`. */
  readonly name: string
  readonly noun: string
  /** `plan.json`. */
  readonly file: string
  /** What it is for, as `parsePattern` reads it. */
  readonly pattern: string
  readonly text: string
}

/**
 * The JSON Schemas of all kinds of files that are YAML. They say what is written, not what becomes of
 * it: durations are texts. What only the parser can tell, such as a matcher's grammar, is left to it.
 */
export function jsonSchemas(kinds: FileKinds): readonly PublishedSchema[] {
  return Object.entries(kinds).flatMap(([name, { schema, noun, pattern }]) => {
    if (!schema) return []
    // Draft 7 is what editors of YAML know best.
    const described = z.toJSONSchema(schema, {
      io: 'input',
      target: 'draft-7',
      unrepresentable: 'any',
    })
    const { $schema, ...rest } = described
    const text = JSON.stringify(
      { $schema, title: `Deckwatch: ${noun}`, ...withExtensions(rest) },
      null,
      2,
    )
    return [{ name, noun, file: `${name}.json`, pattern, text: `${text}\n` }]
  })
}

/** Keys that begin with `x-` are taken at the top of every file: see `parseYaml`. */
function withExtensions(schema: object): object {
  return 'properties' in schema ? { ...schema, patternProperties: { '^x-': {} } } : schema
}
