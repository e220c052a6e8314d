import { confidentialRules, type ConfidentialRule } from '#shared/domain/confidential/rule.ts'
import type { Configuration } from '#shared/domain/configuration/schema.ts'
import type { GrowthRule } from '#shared/domain/incident/growth-schema.ts'
import type { FlappingRule } from '#shared/domain/alert/flapping.ts'
import { severityRules, type SeverityRule } from '#shared/domain/configuration/severity-rules.ts'

/** The configuration in the form that the pipeline uses: compiled once, not per alert. */
export interface Rules {
  readonly severity: readonly SeverityRule[]
  readonly groupBy: readonly string[]
  /** True when alerts of several realms may be one incident. */
  readonly groupAcrossRealms: boolean
  readonly flapping: FlappingRule
  /** When what joins an acknowledged or snoozed incident pages again; null for never. */
  readonly growth: GrowthRule | null
  /** Whose incidents only the people named may see. */
  readonly confidential: readonly ConfidentialRule[]
  /** The name of the routing that is chosen; null for none. */
  readonly routing: string | null
  /** ms after which a resolved incident is closed. */
  readonly closeAfterMs: number
}

/** Compiles the rules of a configuration. */
export function toRules(configuration: Configuration): Rules {
  return {
    severity: severityRules(configuration.severity),
    groupBy: configuration.groupBy,
    groupAcrossRealms: configuration.groupAcrossRealms,
    flapping: {
      changes: configuration.flapping.changes,
      withinMs: configuration.flapping.within,
    },
    growth: configuration.growth,
    confidential: confidentialRules(configuration.confidential, configuration.people),
    routing: configuration.routing ?? null,
    closeAfterMs: configuration.closeAfter,
  }
}
