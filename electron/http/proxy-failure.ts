/** What a proxy did wrong. */
export type ProxyFault =
  /** No connection to it came about; the error's cause says why. */
  | { readonly kind: 'unreached' }
  /** It answered the wish for a tunnel with a status other than 2xx. */
  | { readonly kind: 'refused'; readonly status: number; readonly signIns: readonly string[] }
  /** It speaks SOCKS and says no: the reply of RFC 1928, or that it wants (another) user. */
  | { readonly kind: 'socks-refused'; readonly reply: number }
  | { readonly kind: 'socks-sign-in' }
  /** It was reached and said nothing in time. */
  | { readonly kind: 'silent' }
  /** It was reached and sent no valid response of a proxy; the cause may say more. */
  | { readonly kind: 'no-proxy' }

/** A connection that failed at the proxy, not at the server behind it. Its text holds no secret. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure'
  readonly fault: ProxyFault

  constructor(fault: ProxyFault, cause?: unknown) {
    super(`The proxy failed: ${fault.kind}`, { cause })
    this.fault = fault
  }
}

/** Ways to sign in that a proxy offers in `proxy-authenticate`, in small letters: known words only. */
export function signInsOf(header: string | readonly string[] | undefined): readonly string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(', ')
  const known = ['basic', 'digest', 'ntlm', 'negotiate', 'kerberos', 'bearer']
  return known.filter((word) => new RegExp(`(^|,)\\s*${word}\\b`, 'i').test(text))
}
