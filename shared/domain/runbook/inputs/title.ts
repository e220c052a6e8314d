/** Words that are written in capitals. */
const capitals = new Set(
  'api arn aws cdi cpu db dns dv hpa http id ip mac os pv pvc sql tls ttl uid uri url vm vmi'.split(
    ' ',
  ),
)

/** A name in words, to read: `pod-name` → `Pod name`, `PVC_NAME` → `PVC name`, `maxSize` → `Max size`. */
export function titleOfName(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[\s._-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
    .map((word) => (capitals.has(word) ? word.toUpperCase() : word))
    .join(' ')
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}
