import type { ConfigProblem } from '#shared/contract/messages.ts'
import { configurationSchema, type Configuration } from '#shared/domain/configuration/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { parseYaml } from '../yaml/parse.ts'

const EMPTY = `the file is empty. Start with: sources: [{ type: alertmanager, name: main, url: "http://127.0.0.1:9093" }] - or delete the file to run the drill`

/**
 * Reads the text of `deckwatch.yaml`.
 *
 * @param file the name that problems are reported under.
 * @returns the configuration with durations in ms, or every problem with its line and column.
 */
export function parseConfiguration(
  text: string,
  file: string,
): Result<Configuration, readonly ConfigProblem[]> {
  return parseYaml(text, file, { schema: configurationSchema, whenEmpty: EMPTY })
}
