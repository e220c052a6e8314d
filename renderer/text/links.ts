/**
 * The address if it may become a link. Texts come from outside: only http and https are followed,
 * so that no `javascript:` and no custom scheme hides behind a friendly name, and no address with a
 * user name in it, which is how a host is disguised.
 */
export function safeLink(text: string): string | null {
  if (!/^https?:\/\//i.test(text)) return null
  const url = URL.parse(text)
  if (url?.username !== '' || url.password !== '') return null
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
}

/** A text cut into plain parts and links, in order; joined again it is the same text. */
export function splitLinks(
  text: string,
): { readonly text: string; readonly href: string | null }[] {
  return text
    .split(/(https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}])/i)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, href: safeLink(part) }))
}

/**
 * Opens an address beside the cockpit, which tells the other side nothing: what a key does where a
 * link would be clicked.
 *
 * @param href checked with {@link safeLink}.
 */
export function openOutside(href: string): void {
  window.open(href, '_blank', 'noopener,noreferrer')
}
