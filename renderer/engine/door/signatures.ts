const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const

const encoder = new TextEncoder()

/**
 * A new key of this browser. Its private half cannot be read out, by this page or by any other that
 * may ever stand in its place: it can only be used, here.
 */
export async function createKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
}

/** The public half: DER (SPKI), base64url. */
export async function publicKeyOf({ publicKey }: CryptoKeyPair): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)))
}

/** Signs a text; the signature in base64url. */
export async function signText({ privateKey }: CryptoKeyPair, text: string): Promise<string> {
  return toBase64url(
    new Uint8Array(await crypto.subtle.sign(SIGNING, privateKey, encoder.encode(text))),
  )
}

/** Whether the holder of a key has signed a text. False for anything that is no key or signature. */
export async function isSignedBy(
  publicKey: string,
  text: string,
  signature: string,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('spki', fromBase64url(publicKey), ALGORITHM, false, [
      'verify',
    ])
    return await crypto.subtle.verify(SIGNING, key, fromBase64url(signature), encoder.encode(text))
  } catch {
    return false
  }
}

/** What nobody can guess or has seen before, base64url. */
export function createNonce(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(32)))
}

function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  )
}
