import type { Configuration, ConfigurationFormat } from '#shared/domain/configuration/schema.ts'
import type { FileKind } from '../file-kind.ts'
import { parseConfiguration, salvageConfiguration } from './parse.ts'

/** Largest configuration that is read, bytes. */
export const MAX_CONFIGURATION_BYTES = 1024 * 1024

/** `deckwatch.yaml`, the first file of a playbook: this machine's own, named by its user. */
export function configurationKind(
  name: string,
  format: ConfigurationFormat,
): FileKind<Configuration> {
  return {
    pattern: name,
    noun: 'configuration',
    maxBytes: MAX_CONFIGURATION_BYTES,
    // People keep it among their dotfiles, and clusters mount it through links.
    links: 'anywhere',
    whenGone: {
      keepWith:
        'the file is gone; what was loaded from it stays in effect. Put it back, or restart to run the drill',
    },
    schema: format.schema,
    parse: (text, file) => parseConfiguration(text, file, format),
    salvage: (text) => salvageConfiguration(text, format),
  }
}
