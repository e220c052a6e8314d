import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { Configuration, ConfigurationFormat } from '#shared/domain/configuration/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { parseYaml, salvageYaml } from '../yaml/parse.ts'

const EMPTY = `the file is empty. Start with: sources: [{ type: alertmanager, name: main, url: "http://127.0.0.1:9093" }] - or delete the file to run the drill`

/**
 * Reads the text of `deckwatch.yaml`.
 *
 * @param format the kinds of sources that the program knows.
 * @param file the name that problems are reported under.
 * @returns the configuration with durations in ms, or every problem with its line and column.
 */
export function parseConfiguration(
  text: string,
  file: string,
  format: ConfigurationFormat,
): Result<Configuration, readonly ConfigProblem[]> {
  return parseYaml(text, file, { schema: format.schema, whenEmpty: EMPTY })
}

/**
 * What can be used of a text that has problems: without the sources that have some, and without each
 * other part that has. Null when no source is left, when the text is no YAML, or when it does not tell
 * who may see what: what is confidential must not be shown for a typing mistake.
 */
export function salvageConfiguration(
  text: string,
  format: ConfigurationFormat,
): Configuration | null {
  return salvageYaml(text, format.schema, ([part, index]) =>
    part === 'sources' && typeof index === 'number'
      ? [part, index]
      : part === undefined || part === 'confidential'
        ? []
        : [part],
  )
}
