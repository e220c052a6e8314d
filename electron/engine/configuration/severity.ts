import type { Labels } from '#shared/domain/alert/schema.ts'
import { classifySeverity } from '#shared/domain/configuration/severity-rules.ts'
import { decision, type Decision } from '#shared/domain/decision/schema.ts'
import { raisedForCore } from '#shared/domain/service/core.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import type { PlaybookInForce } from './playbook.ts'
import type { Rules } from './rules.ts'

/**
 * The severity of an alert: its plan's, where that names one, else what the rules make of its labels;
 * then raised by a level where it is about a core service. The decision is the last that changed it.
 *
 * @param realmNames what its realm is called.
 */
export function severityOf(
  labels: Labels,
  { severity: rules }: Pick<Rules, 'severity'>,
  { plans, services }: PlaybookInForce,
  realmNames: ReadonlySet<string>,
): { readonly severity: Severity; readonly decision: Decision } {
  const plan = plans.choose(labels)?.plan
  const base = plan?.severity
    ? {
        severity: plan.severity,
        decision: decision('plan-severity', `${plan.severity} ${plan.id}`),
      }
    : classifySeverity(labels, rules, realmNames)
  const service = services.serviceOf(labels)
  if (!service?.core) return base
  const raised = raisedForCore(base.severity)
  if (raised === base.severity) return base
  return {
    severity: raised,
    decision: decision('core-service', `${base.severity} ${raised} ${service.name}`),
  }
}
