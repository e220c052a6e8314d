import type { ChangeSourceStatus } from '#shared/contract/operations/changes.ts'
import type { ChangeSourceConfig } from '#shared/domain/configuration/changes.ts'
import type { InstantQueries } from './instant-queries.ts'
import type { TakeHeard } from './listener.ts'

/** Looks for changes where the configuration says: tags of a repository, deployments of a cluster. */
export interface ChangeSources {
  /** What is found from now on is handed over; nothing is looked for before. */
  start(take: TakeHeard, queries: InstantQueries): void
  /** Looks in these places from now on; those that are the same as before go on undisturbed. */
  configure(configs: readonly ChangeSourceConfig[]): void
  status(): readonly ChangeSourceStatus[]
  close(): Promise<void>
}
