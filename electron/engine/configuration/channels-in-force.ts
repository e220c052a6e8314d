import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'

/** The channels that the policy does not turn off. */
export function channelsInForce(names: readonly string[], policy: NotificationPolicy): string[] {
  return names.filter((name) => name !== 'desktop' || policy.desktop)
}
