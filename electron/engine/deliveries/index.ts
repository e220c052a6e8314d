import type { DeliveryKindName } from '../ports/delivery.ts'
import type { DeliveryKind, DeliveryKinds } from './kind.ts'
import { pageDelivery } from './page/index.ts'
import type { PageRules } from './page/decision.ts'
import type { FeedbackDeps } from './page/feedback.ts'

/** All kinds of deliveries. */
export function createDeliveryKinds(rules: PageRules, deps: FeedbackDeps): DeliveryKinds {
  const kinds = { page: pageDelivery(rules, deps) } satisfies Record<DeliveryKindName, DeliveryKind>
  return new Map(Object.values(kinds).map((kind) => [kind.name, kind]))
}
