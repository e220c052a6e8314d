let given = 0
const keys = new WeakMap<object, string>()

/** A key for React that is the object's own: another object, another key. Null has one, too. */
export function identityKey(object: object | null): string {
  if (object === null) return ''
  const known = keys.get(object)
  if (known !== undefined) return known
  given += 1
  const key = String(given)
  keys.set(object, key)
  return key
}
