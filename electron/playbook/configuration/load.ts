import { readFile, stat } from 'node:fs/promises'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { defaultConfiguration, type Configuration } from '#shared/domain/configuration/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { parseConfiguration } from './parse.ts'

/** Largest configuration that is read, bytes. */
export const MAX_CONFIGURATION_BYTES = 1024 * 1024

/** A configuration and where it comes from. */
export interface LoadedConfiguration {
  readonly configuration: Configuration
  readonly path: string
  /** False when there is no such file and the drill, the default, stands in for it. */
  readonly isPresent: boolean
}

/**
 * Reads and checks `deckwatch.yaml`. A missing file is no problem: it means the default, the drill.
 *
 * @returns the configuration, or every problem with file, line and column; never a secret's value.
 */
export async function loadConfiguration(
  path: string,
): Promise<Result<LoadedConfiguration, readonly ConfigProblem[]>> {
  const problem = (message: string) => fail([{ file: path, line: 1, column: 1, message }])
  const read = await readConfigurationText(path)
  if (!read.ok) return problem(read.error)
  if (read.value === null)
    return ok({ configuration: defaultConfiguration, path, isPresent: false })
  const parsed = parseConfiguration(read.value, path)
  return parsed.ok ? ok({ configuration: parsed.value, path, isPresent: true }) : parsed
}

/** The file's text, null when there is no file, or why it cannot be read, in words. */
export async function readConfigurationText(path: string): Promise<Result<string | null, string>> {
  try {
    const found = await stat(path)
    // Reading a pipe or a device could wait for ever.
    if (!found.isFile()) return fail('this is not a file: name the configuration file itself')
    if (found.size > MAX_CONFIGURATION_BYTES) return fail(tooLarge(found.size))
    const bytes = await readFile(path)
    if (bytes.length > MAX_CONFIGURATION_BYTES) return fail(tooLarge(bytes.length))
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok(null)
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return fail('the file is not UTF-8 text: save it as UTF-8')
    }
    if (code === 'EACCES' || code === 'EPERM') {
      return fail('the file may not be read by this account: check its permissions')
    }
    return fail(`the file cannot be read (${code})`)
  }
}

function tooLarge(bytes: number): string {
  const mib = (bytes / MAX_CONFIGURATION_BYTES).toFixed(1)
  return `the file has ${mib} MiB; a configuration has at most 1 MiB. Is this the right file?`
}
