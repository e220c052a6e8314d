import { secretUsesOf, type SecretUse } from '../source-kind/secrets.ts'
import { kindOf, type Configuration, type ConfigurationFormat } from './schema.ts'

/** The secrets of all sources, with the server that each goes to. */
export function secretUses(
  format: Pick<ConfigurationFormat, 'kinds'>,
  { sources }: Pick<Configuration, 'sources'>,
): readonly SecretUse[] {
  return sources.flatMap((source) => secretUsesOf(kindOf(format, source.type), source))
}
