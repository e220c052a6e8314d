import { z } from 'zod'

/**
 * The id of a realm: what a set of sources speaks of. Within one, equal labels are one alert; in two
 * they are two. It is part of the identity of every alert, so it is never changed for its looks.
 */
export type RealmId = string

/**
 * The realm of alerts that were recorded before there were realms, and of the first that was found.
 * Its alerts have the identities of then.
 */
export const DEFAULT_REALM: RealmId = ''

/** What people call {@link DEFAULT_REALM}, in the file and on the screen. */
const DEFAULT_NAME = 'default'

/** The name of a realm as the file has it. */
export const realmNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'use letters, digits, dots, dashes and underscores (at most 63)',
  )

/** What people call a realm. */
export function realmName(realm: RealmId): string {
  return realm === DEFAULT_REALM ? DEFAULT_NAME : realm
}

/** The realm that people call so. */
export function realmOfName(name: string): RealmId {
  return name === DEFAULT_NAME ? DEFAULT_REALM : name
}

interface Placed {
  readonly id: string
  readonly realm?: { readonly id: RealmId } | undefined
}

/** The realm of a source; the default one as long as nothing else is recorded of it. */
export function realmOfSource(source: Placed | undefined): RealmId {
  return source?.realm?.id ?? DEFAULT_REALM
}

/** All that a rule may call a realm: its own name, and the name of each source in it. */
export function namesOfRealm(realm: RealmId, sources: Iterable<Placed>): ReadonlySet<string> {
  const names = new Set([realmName(realm)])
  for (const source of sources) if (realmOfSource(source) === realm) names.add(source.id)
  return names
}
