import type { Labels } from '../alert/schema.ts'
import { compileMatchers } from '../matcher/matcher.ts'
import type { Severity } from '../severity/schema.ts'
import type { ImpactLevel, Route, Routing, RoutingRule } from './schema.ts'

/** What a routing decides by. */
export interface RoutingFacts {
  readonly severity: Severity
  /** Of the active alerts. */
  readonly labels: readonly Labels[]
  /** Null where nothing says how much the business is hit: then no rule that asks for it holds. */
  readonly impact: ImpactLevel | null
  readonly teams: readonly string[]
  readonly isCore: boolean
  /** Names of channels that Deckwatch can send to now. */
  readonly configured: ReadonlySet<string>
}

/** Where an incident goes by these rules: the first that holds decides, those that continue add. Pure. */
export function routeIncident(routing: Routing, facts: RoutingFacts): Route {
  const holding: { readonly rule: RoutingRule; readonly reasons: readonly string[] }[] = []
  for (const rule of routing.rules) {
    const reasons = reasonsFor(rule, facts)
    if (!reasons) continue
    holding.push({ rule, reasons })
    if (!rule.continue) break
  }
  const rules = holding.map(({ rule }) => rule)
  const all = (read: (rule: RoutingRule) => readonly string[]) => [...new Set(rules.flatMap(read))]
  const channels = all(({ channels: each }) => each)
  const backups = all(({ backup }) => backup).filter((each) => !channels.includes(each))
  const channelOf = (isBackup: boolean) => (name: string) => ({
    name,
    isBackup,
    isConfigured: facts.configured.has(name),
  })
  return {
    routing: routing.routing,
    because: holding.map(({ rule, reasons }) => ({ rule: rule.name, reasons: [...reasons] })),
    channels: [...channels.map(channelOf(false)), ...backups.map(channelOf(true))],
    people: all(({ people }) => people),
    stakeholders: all(({ stakeholders }) => stakeholders),
    within: soonest(rules),
    urgency: urgencyOf(rules),
    notes: all(({ note }) => (note === undefined ? [] : [note])),
  }
}

/** What made a rule hold, in words; null where it does not. */
function reasonsFor({ when = {} }: RoutingRule, facts: RoutingFacts): readonly string[] | null {
  const reasons: string[] = []
  const { severity, match, impact, team, core } = when
  if (severity) {
    if (!severity.includes(facts.severity)) return null
    reasons.push(`severity is ${facts.severity}`)
  }
  if (match) {
    const matches = compileMatchers(match.flatMap(({ matchers }) => matchers))
    if (!facts.labels.some((labels) => matches(labels))) return null
    reasons.push(`an alert has ${match.map(({ text }) => text).join(', ')}`)
  }
  if (impact) {
    if (facts.impact === null || !impact.includes(facts.impact)) return null
    reasons.push(`impact is ${facts.impact}`)
  }
  if (team) {
    const found = team.find((name) => facts.teams.includes(name))
    if (found === undefined) return null
    reasons.push(`it belongs to team ${found}`)
  }
  if (core !== undefined) {
    if (core !== facts.isCore) return null
    reasons.push(core ? 'it is about a core service' : 'it is about no core service')
  }
  return reasons.length === 0 ? ['the rule has no conditions'] : reasons
}

function soonest(rules: readonly RoutingRule[]): Route['within'] {
  const said = rules.flatMap(({ within }) => (within === undefined ? [] : [within]))
  const times = said.filter((each) => typeof each === 'number')
  return times.length > 0 ? Math.min(...times) : (said[0] ?? null)
}

function urgencyOf(rules: readonly RoutingRule[]): Route['urgency'] {
  const said = rules.flatMap(({ urgency }) => urgency ?? [])
  return said.includes('high') ? 'high' : (said[0] ?? null)
}
