/** Longest address that is handed to the browser, in UTF-16 units. */
const MAX_LENGTH = 4_096

/**
 * The address as it may be handed to the person's browser, or null. Links come from annotations of
 * alerts: only the web is opened, never a file, a program's own scheme, or an address that carries
 * credentials or pretends to be another one.
 */
export function toExternalLink(text: string): string | null {
  // Some programs would cut at these, or show another address than they open.
  if (text.length > MAX_LENGTH || /[\p{Cc}\p{Cf}\s]/u.test(text)) return null
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  if (url.hostname === '' || url.username !== '' || url.password !== '') return null
  // Programs that pass the address on through a shell must find nothing in it that a shell reads.
  return url.href.replaceAll(/["'`\\<>^{|}$();!]/g, (char) => {
    const code = char.charCodeAt(0).toString(16).toUpperCase()
    return `%${code}`
  })
}
