import { resolve } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { SecretStore } from '#electron/engine/ports/secrets.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import type { ProxyFinder } from '#electron/http/proxy-finder.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createClusterBook } from '#electron/polling/cluster-book.ts'
import { vendors } from '#electron/vendors/registry.ts'
import { brokenSource } from './broken-source.ts'
import type { SourceConfig } from '#shared/domain/source-kind/config.ts'
import type { Fields } from '#shared/domain/source-kind/field.ts'
import type { Tls } from '#shared/domain/source-kind/field-value.ts'

interface Deps {
  readonly logger: Pick<Logger, 'error'>
  readonly clock: Clock
  readonly ids: Ids
  readonly marks: Marks
  /** Folder that relative paths of the configuration start from: where the file lies. */
  readonly folder: string
  /** What `keychain:` names are looked up in. */
  readonly secrets: SecretStore
  readonly proxies: ProxyFinder
}

/** Makes the source of a configuration; nothing is asked before its first poll or test. */
export type SourceMaker = (config: SourceConfig) => Source

/**
 * Makes sources with what this machine has: its clock, its files, its secrets. What cannot be made is
 * a source that says so: one bad line takes down its own source, and no other.
 */
export function createSourceMaker(deps: Deps): SourceMaker {
  const { folder } = deps
  const secrets = createSecretReader({ folder, keychain: (name) => deps.secrets.read(name) })
  const clusters = createClusterBook()

  return (config) => {
    try {
      const vendor = vendors.find(({ kind }) => kind.type === config.type)
      if (!vendor) throw new RangeError(`No vendor has sources of type ${config.type}`)
      const given = fromFolder(config, vendor.kind.fields, folder)
      return vendor.createSource(given, { ...deps, secrets, clusters })
    } catch (error) {
      // Its message alone: an error about an address holds that address.
      const reason = error instanceof Error ? error.message : 'unknown'
      deps.logger.error({ source: config.name, reason }, 'A source could not be made')
      return brokenSource(config)
    }
  }
}

/**
 * The configured sources; on a reload those whose configuration is the same stay: their polling goes
 * on undisturbed.
 */
export function createSourceSet(
  make: SourceMaker,
): (configs: readonly SourceConfig[]) => readonly Source[] {
  let known = new Map<string, { readonly text: string; readonly source: Source }>()

  return (configs) => {
    const next = new Map<string, { readonly text: string; readonly source: Source }>()
    for (const config of configs) {
      const text = JSON.stringify(config)
      const same = known.get(config.name)
      next.set(config.name, same?.text === text ? same : { text, source: make(config) })
    }
    known = next
    return [...next.values()].map(({ source }) => source)
  }
}

/** The configuration with paths of certificates as a person means them: beside the file. */
function fromFolder(config: SourceConfig, fields: Fields, folder: string): SourceConfig {
  const path = (file: string | undefined) => (file === undefined ? file : resolve(folder, file))
  const withPaths = Object.entries(fields).flatMap(([key, { kind }]) => {
    // The schema of its kind read it.
    const tls = config[key] as Tls
    if (kind !== 'tls' || !tls) return []
    const { ca, cert, key: keyFile, serverName } = tls
    return [[key, { ca: path(ca), cert: path(cert), key: path(keyFile), serverName }] as const]
  })
  return { ...config, ...Object.fromEntries(withPaths) }
}
