/**
 * Remembers what was derived from an object for as long as the object lives. State is immutable, so
 * the same map gives the same answer, however many components ask.
 */
export function derivedFrom<Key extends object, Value>(
  derive: (key: Key) => Value,
): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>()
  return (key) => {
    const found = known.get(key)
    if (found) return found.value
    const value = derive(key)
    known.set(key, { value })
    return value
  }
}
