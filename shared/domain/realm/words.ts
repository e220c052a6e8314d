import { realmName, type RealmId } from './realm.ts'

interface Placed {
  readonly id: string
  readonly realm?: { readonly id: RealmId; readonly isConfigured: boolean } | undefined
}

/**
 * In which realm a source is, why, and with which others: `default (found automatically), shared with
 * prom`. Null while that is not known.
 */
export function describeRealm({ id, realm }: Placed, sources: Iterable<Placed>): string | null {
  if (!realm) return null
  const others = [...sources].filter((other) => other.id !== id && other.realm?.id === realm.id)
  const why = realm.isConfigured ? 'configured' : 'found automatically'
  const shared =
    others.length === 0
      ? 'not shared with another source'
      : `shared with ${others.map((other) => other.id).join(', ')}`
  return `${realmName(realm.id)} (${why}), ${shared}`
}
