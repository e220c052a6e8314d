import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import type { ProxyFinder } from '#electron/http/proxy-finder.ts'
import type { ClusterBook } from '#electron/polling/cluster-book.ts'
import type { SecretReader } from '#electron/http/secrets.ts'
import type { ConfigOf, SourceConfig } from '#shared/domain/source-kind/config.ts'
import type { Fields, SourceKind } from '#shared/domain/source-kind/field.ts'

/** What the sources of a vendor may use of this machine. */
export interface SourceDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly marks: Marks
  readonly secrets: SecretReader
  readonly proxies: ProxyFinder
  /** Shared by all sources of an engine; without it each knows only of itself. */
  readonly clusters?: ClusterBook | undefined
}

/** What Deckwatch can do with the systems of one vendor. */
export interface Vendor {
  readonly kind: SourceKind
  /** Makes a source; nothing is asked before its first poll or test. */
  createSource(config: SourceConfig, deps: SourceDeps): Source
}

/** Declares a vendor whose alerts are read: its fields decide what its configuration holds. */
export function defineVendor<Of extends Fields>(
  kind: SourceKind & { readonly fields: Of },
  createSource: (config: ConfigOf<Of>, deps: SourceDeps) => Source,
): Vendor {
  return {
    kind,
    // The schema that read it was made of these very fields.
    createSource: (config, deps) => createSource(config as unknown as ConfigOf<Of>, deps),
  }
}
