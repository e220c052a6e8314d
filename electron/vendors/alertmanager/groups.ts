import { unexpectedShape, parseJson } from '#electron/http/json.ts'
import type { Failure } from '#electron/http/failure.ts'
import { isRecord, kindOf } from '#electron/polling/labels.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** Where alerts are listed by group, below the configured address. */
export const GROUPS_PATH = '/api/v2/alerts/groups'

/** The time intervals that mute an alert, sorted, by its fingerprint. Alerts without are not in it. */
export type Mutes = ReadonlyMap<string, readonly string[]>

/** What an answer of `/api/v2/alerts/groups` says of mutes. */
export interface GroupsAnswer {
  /** False for a server that lists alerts without a word on mutes (before 0.28); null without alerts. */
  readonly tells: boolean | null
  readonly mutes: Mutes
}

/** In JSON a label or text cannot hold these: quotes in it are escaped, and its value is no list. */
const TELLS = /"mutedBy"\s*:\s*\[/
const MUTES = /"mutedBy"\s*:\s*\[\s*"/
const ALERT = /"fingerprint"\s*:/

/**
 * Reads which alerts are muted. An alert in several groups is muted only if all of them are: else
 * somebody is notified of it. The answer repeats all alerts, so that it is parsed only when any of
 * them is muted.
 */
export function readGroups(text: string, host: string): Result<GroupsAnswer, Failure> {
  if (isWholeList(text) && !MUTES.test(text)) {
    return ok({ tells: TELLS.test(text) || (ALERT.test(text) ? false : null), mutes: new Map() })
  }
  const parsed = parseJson(text, host)
  if (!parsed.ok) return parsed
  const groups = parsed.value
  if (!Array.isArray(groups)) {
    return fail(unexpectedShape(GROUPS_PATH, host, `${kindOf(groups)}, not a list`))
  }
  const mutes = new Map<string, string[]>()
  for (const group of groups as readonly unknown[]) {
    const alerts = isRecord(group) ? group['alerts'] : null
    if (!Array.isArray(alerts)) {
      return fail(unexpectedShape(GROUPS_PATH, host, 'a group without a list of alerts'))
    }
    for (const alert of alerts as readonly unknown[]) addMutes(mutes, alert)
  }
  // Of the few that are muted somewhere, those that are not muted elsewhere.
  for (const { alerts } of groups as readonly { readonly alerts: readonly unknown[] }[]) {
    for (const alert of alerts) {
      const fingerprint = isRecord(alert) ? alert['fingerprint'] : null
      if (typeof fingerprint !== 'string' || !mutes.has(fingerprint)) continue
      if (mutesOf(alert).length === 0) mutes.delete(fingerprint)
    }
  }
  for (const [fingerprint, ids] of mutes) mutes.set(fingerprint, [...new Set(ids)].sort())
  return ok({ tells: true, mutes })
}

function addMutes(mutes: Map<string, string[]>, alert: unknown): void {
  const ids = mutesOf(alert)
  if (ids.length === 0 || !isRecord(alert)) return
  const { fingerprint } = alert
  if (typeof fingerprint !== 'string') return
  const known = mutes.get(fingerprint)
  if (known) known.push(...ids)
  else mutes.set(fingerprint, [...ids])
}

/** The time intervals that an alert of an answer names, printable, as they come. */
export function mutesOf(alert: unknown): readonly string[] {
  const status = isRecord(alert) ? alert['status'] : null
  const ids = isRecord(status) ? status['mutedBy'] : null
  if (!Array.isArray(ids) || ids.length === 0) return none
  return (ids as readonly unknown[]).flatMap((id) =>
    typeof id === 'string' ? [toPrintable(id)] : [],
  )
}

const none: readonly string[] = []

/** Cut off or another thing, it would look as if nothing in it were muted. */
function isWholeList(text: string): boolean {
  return /^\s*\[/.test(text) && /\]\s*$/.test(text.slice(-64))
}
