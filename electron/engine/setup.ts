import type { EngineStatus } from '#shared/contract/index.ts'
import type { Configuration } from '#shared/domain/configuration/schema.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import type { PlaybookInForce } from './configuration/playbook.ts'
import type { Source } from './ports/source.ts'

/** What the engine runs with; replaced as a whole when the configuration changes. */
export interface EngineSetup {
  readonly configuration: Configuration
  readonly sources: readonly Source[]
  /** What the playbook says beside the configuration; left out where there is nothing. */
  readonly playbook?: PlaybookInForce
  /** Where the playbook is from, and what changed of it last. */
  readonly playbookStatus?: NonNullable<EngineStatus['playbook']>
  /** True while the configuration cannot be read: sources that are missing in it are not gone. */
  readonly isProvisional?: boolean
  /** Facts that only the host knows. */
  readonly owner: Person
  readonly version: string
  readonly config: EngineStatus['config']
}
