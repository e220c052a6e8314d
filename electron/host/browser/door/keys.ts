import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { readPrivateFile, writePrivateFile } from '#electron/files/private-files.ts'

/** What shows a cockpit that it speaks to the host that it was signed in at. */
export interface HostKey {
  /** DER (SPKI), base64url. */
  readonly publicKey: string
  /** @returns a signature in base64url. */
  sign(text: string): string
}

/** The key of this data directory; made at the first start. One that cannot be read is replaced. */
export function loadHostKey(path: string): HostKey {
  const privateKey = readKey(path) ?? createKey(path)
  return {
    publicKey: encode(createPublicKey(privateKey)),
    sign: (text) =>
      sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      ),
  }
}

/**
 * Whether somebody who holds the private key has signed a text. False for anything that is no key.
 *
 * @param publicKey P-256, DER (SPKI), base64url; from outside.
 */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64url'),
      format: 'der',
      type: 'spki',
    })
    if (!isOurCurve(key)) return false
    return verify(
      'sha256',
      Buffer.from(text),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  } catch {
    return false
  }
}

/** The one that browsers know as P-256. */
function isOurCurve({ asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyDetails?.namedCurve === 'prime256v1'
}

function readKey(path: string): KeyObject | null {
  const text = readPrivateFile(path)
  if (text === null) return null
  try {
    const key = createPrivateKey(text)
    return isOurCurve(key) ? key : null
  } catch {
    return null
  }
}

function createKey(path: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  writePrivateFile(path, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
  return privateKey
}

function encode(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64url')
}
