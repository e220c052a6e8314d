/**
 * What follows the address of a server in what people copy from its pages: a place of its web
 * interface after `#`, a page with a query, or a path of the API. A page alone may be a prefix.
 */
const BEHIND =
  /(?:\/?#.*|\/?(?:(?:classic|new)\/)?(?:alerts|graph|query|targets|rules|status|config|flags|silences)?\?.*|\/(?:classic|new)\/(?:alerts|graph|query|targets|rules|status)\/?|\/api\/v[12](?:\/[\w/.-]*)?)$/

/** An address of a server, and what stood behind it. */
export interface PastedAddress {
  readonly address: string
  /** Empty when there was nothing. */
  readonly leftOut: string
}

/** Takes the address of a server out of what was copied from a page of it or from a request to it. */
export function readPastedAddress(text: string): PastedAddress {
  const [, start = '', rest = ''] = /^(https?:\/\/[^\s/?#]+)(\S*)$/.exec(text.trim()) ?? []
  if (start === '') return { address: text, leftOut: '' }
  const [leftOut = ''] = BEHIND.exec(rest) ?? []
  return leftOut === ''
    ? { address: text, leftOut }
    : { address: start + rest.slice(0, -leftOut.length), leftOut }
}
