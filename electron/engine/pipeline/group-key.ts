import type { Labels } from '#shared/domain/alert/schema.ts'
import { DEFAULT_REALM } from '#shared/domain/realm/realm.ts'
import type { PipelineContext } from './context.ts'

/** What a group's key depends on besides its labels. */
type GroupContext = Pick<PipelineContext, 'realm' | 'rules' | 'ids'>

/**
 * The key of a group: alerts with the same one belong to one incident. Alerts without any of the
 * labels have nothing in common: each is a group of its own.
 *
 * @param group the labels that its alerts share, in the order of their names.
 */
export function groupKeyOf(
  group: Labels,
  alertKey: string,
  { realm, rules, ids }: GroupContext,
): string {
  const pairs = Object.entries(group).flat()
  if (pairs.length === 0) return ids.derive('lone', alertKey)
  if (realm === DEFAULT_REALM || rules.groupAcrossRealms) return ids.derive('group', ...pairs)
  return ids.derive('group of a realm', realm, ...pairs)
}
