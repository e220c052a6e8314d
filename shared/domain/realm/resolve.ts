import type { Kin, SourceRole } from './kin.ts'
import { DEFAULT_REALM, type RealmId } from './realm.ts'

/** A source whose realm is looked for. */
export interface RealmCandidate {
  readonly id: string
  /**
   * The realm that the configuration names, or another source whose realm it is; null when it is to
   * be found out.
   */
  readonly configured: RealmId | null
  /** Null for a source that has nothing to do with others. */
  readonly role: SourceRole | null
  /** What its server said last; null while it has not. */
  readonly kin: Kin | null
  /**
   * The realm that was found for it before, for the same server; null when none was. What was found
   * once stays: a cluster that falls apart for a while makes no new alerts.
   */
  readonly known: RealmId | null
  /** The realm that is recorded of it, however it came there; null when none is. */
  readonly recorded: RealmId | null
}

/** A source with what its configuration means. */
type Seeker = RealmCandidate & {
  /** The source whose realm it shares, as the configuration says. */
  readonly follows: string | null
}

/** Sources that belong together, in the order of the configuration. */
type Group = readonly Seeker[]

/**
 * The realm of each source. Pure: the same sources in the same order give the same.
 *
 * The configuration's word wins. Alertmanagers that have a member of their cluster in common share a
 * realm. A Prometheus is in the realm of the Alertmanager that it sends to, else stays with the one
 * that it was with, else joins the only one that there is. Whoever remains has a realm of their own:
 * a page too many is better than one that is missed. The first one without a realm gets the default,
 * a source that has nothing to do with others only where nobody else is.
 *
 * @param candidates in the order of the configuration.
 */
export function resolveRealms(candidates: readonly RealmCandidate[]): ReadonlyMap<string, RealmId> {
  const seekers = candidates.map((each) => toSeeker(each, candidates))
  const hubs = groupsOf(seekers, 'hub', sharesCluster)
  const followers: (readonly [sender: Seeker, hub: Group])[] = []
  const alone: Seeker[] = []
  for (const sender of seekers.filter(({ role }) => role === 'sender')) {
    const hub = hubOf(sender, hubs)
    if (hub) followers.push([sender, hub])
    else alone.push(sender)
  }
  const groups = [...hubs, ...groupsOf(alone, 'sender', sendsAlike), ...groupsOf(seekers, null)]

  const found = new Map<string, RealmId>()
  const open = inOrder(
    groups.filter((group) => !settle(group, found)),
    seekers,
  )
  // What has nothing to do with others, such as the drill, leaves the default to those that have.
  const isApart = ([first]: Group) => (first?.role ?? null) === null
  for (const group of open.filter((each) => !isApart(each))) name(group, seekers, found)
  for (const group of open.filter(isApart)) name(group, seekers, found)
  for (const [{ id, configured }, [hub]] of followers) {
    found.set(id, configured ?? found.get(hub?.id ?? '') ?? DEFAULT_REALM)
  }
  return found
}

function toSeeker(candidate: RealmCandidate, candidates: readonly RealmCandidate[]): Seeker {
  const named = candidates.find(
    ({ id, configured }) => id === candidate.configured && configured === null,
  )
  return named
    ? { ...candidate, configured: null, known: null, follows: named.id }
    : { ...candidate, follows: null }
}

/** Gives a group the realm that it has already; false when it has none. */
function settle(group: Group, found: Map<string, RealmId>): boolean {
  const realm =
    group.find(({ configured }) => configured !== null)?.configured ??
    group.find(({ known }) => known !== null)?.known ??
    null
  if (realm === null) return false
  for (const { id, configured } of group) found.set(id, configured ?? realm)
  return true
}

/** Names a group that has no realm: the default where it is free, else after its first source. */
function name(group: Group, seekers: readonly Seeker[], found: Map<string, RealmId>): void {
  const isDefaultFree = ![...found.values()].includes(DEFAULT_REALM)
  const realm = isDefaultFree ? DEFAULT_REALM : freeName(group[0]?.id ?? '', seekers, found)
  for (const { id } of group) found.set(id, realm)
}

function inOrder(groups: readonly Group[], seekers: readonly Seeker[]): readonly Group[] {
  const place = ([first]: Group) => (first ? seekers.indexOf(first) : 0)
  return groups.toSorted((a, b) => place(a) - place(b))
}

/** No realm that was found gets the name of another one; one that a person named may be meant. */
function freeName(
  id: string,
  seekers: readonly Seeker[],
  found: ReadonlyMap<string, RealmId>,
): RealmId {
  const taken = new Set(
    seekers.flatMap((each) => (each.configured === null ? [found.get(each.id)] : [])),
  )
  for (let count = 1; ; count += 1) {
    const realm = count === 1 ? id : `${id}-${String(count)}`
    if (!taken.has(realm)) return realm
  }
}

/** The group of Alertmanagers whose alerts a sender's are; undefined when nobody can tell. */
function hubOf(sender: Seeker, hubs: readonly Group[]): Group | undefined {
  if (sender.configured !== null) return undefined
  const named = hubs.find((group) => group.some((hub) => isPutTogether(hub, sender)))
  if (named || sender.follows !== null) return named
  const wasWith = hubs.filter((group) =>
    group.some(({ recorded }) => recorded !== null && recorded === sender.known),
  )
  const sentTo = hubs.filter((group) =>
    group.some((hub) => overlap(sender.kin?.sendsTo, hub.kin?.addresses)),
  )
  const [first] = sentTo
  if (first) return sentTo.find((group) => wasWith.includes(group)) ?? first
  return wasWith[0] ?? (hubs.length === 1 ? hubs[0] : undefined)
}

/** By a person. */
function isPutTogether(a: Seeker, b: Seeker): boolean {
  return (
    a.follows === b.id ||
    b.follows === a.id ||
    (a.configured !== null && a.configured === b.configured)
  )
}

function sharesCluster(a: Seeker, b: Seeker): boolean {
  const isKnown = a.known !== null && a.known === b.known
  return isKnown || isPutTogether(a, b) || overlap(a.kin?.members, b.kin?.members)
}

function sendsAlike(a: Seeker, b: Seeker): boolean {
  return sharesCluster(a, b) || overlap(a.kin?.sendsTo, b.kin?.sendsTo)
}

function overlap(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a?.some((text) => b?.includes(text)) ?? false
}

const isAlone = () => false

/** Puts together what belongs together, also over a third; groups and members in the order given. */
function groupsOf(
  seekers: readonly Seeker[],
  role: SourceRole | null,
  belongs: (a: Seeker, b: Seeker) => boolean = isAlone,
): readonly Group[] {
  const candidates = seekers.filter((each) => each.role === role)
  const left = new Set(candidates)
  const groups: Group[] = []
  for (const candidate of candidates) {
    if (!left.delete(candidate)) continue
    const group = new Set([candidate])
    for (const member of group) {
      for (const other of left) {
        if (!belongs(member, other)) continue
        left.delete(other)
        group.add(other)
      }
    }
    groups.push(candidates.filter((each) => group.has(each)))
  }
  return groups
}
