import { resolve } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import type { SecretStore } from '#electron/engine/ports/secrets.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/index.ts'
import { createDrillSource } from '#electron/vendors/drill/index.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/index.ts'
import type { SourceConfig } from '#shared/domain/configuration/schema.ts'
import { unreachable } from '#shared/domain/result/result.ts'

interface Deps {
  readonly clock: Clock
  readonly ids: Ids
  readonly marks: Marks
  /** Folder that relative paths of the configuration start from: where the file lies. */
  readonly folder: string
  /** What `keychain:` names are looked up in. */
  readonly secrets: SecretStore
}

/** Makes the source of a configuration; nothing is asked before its first poll or test. */
export type SourceMaker = (config: SourceConfig) => Source

/** Makes sources with what this machine has: its clock, its files, its secrets. */
export function createSourceMaker(deps: Deps): SourceMaker {
  const { folder } = deps
  const secrets = createSecretReader({ folder, keychain: (name) => deps.secrets.read(name) })

  return (given) => {
    const config = fromFolder(given, folder)
    switch (config.type) {
      case 'alertmanager':
        return createAlertmanagerSource(config, { ...deps, secrets })
      case 'prometheus':
        return createPrometheusSource(config, { ...deps, secrets })
      case 'drill':
        return createDrillSource(config, deps)
      default:
        return unreachable(config)
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
function fromFolder(config: SourceConfig, folder: string): SourceConfig {
  if (config.type === 'drill' || !config.tls) return config
  const { ca, cert, key, serverName } = config.tls
  const path = (file: string | undefined) => (file === undefined ? file : resolve(folder, file))
  return { ...config, tls: { ca: path(ca), cert: path(cert), key: path(key), serverName } }
}
