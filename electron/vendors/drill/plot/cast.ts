import type { Random } from '../random.ts'

/** Letters that Kubernetes uses in generated names: no vowels, nothing to misread. */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** `count` different pod names of one deployment, such as `courier-dispatch-6d8f9c7b54-x2k9p`. */
export function podNames(service: string, count: number, random: Random): readonly string[] {
  const letters = (length: number) =>
    Array.from(
      { length },
      () => SUFFIX_LETTERS[random.between(0, SUFFIX_LETTERS.length - 1)] ?? 'x',
    ).join('')
  const replicaSet = `${service}-${letters(10)}`
  const names = new Set<string>()
  while (names.size < count) names.add(`${replicaSet}-${letters(5)}`)
  return [...names]
}

/** `count` different names of virtual machines in one network. */
export function nodeNames(count: number, random: Random): readonly string[] {
  const names = new Set<string>()
  while (names.size < count) {
    names.add(`ip-10-${random.between(16, 31)}-${random.between(0, 255)}-${random.between(4, 250)}`)
  }
  return [...names]
}

/** The cities that couriers of the American cluster ride in. */
export const americanCities = [
  'atlanta',
  'austin',
  'boston',
  'chicago',
  'denver',
  'houston',
  'miami',
  'new-york',
  'philadelphia',
  'phoenix',
  'portland',
  'seattle',
] as const
