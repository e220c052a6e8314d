import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** A certificate with its key, as PEM texts. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** An authority of a test: it signs certificates for names and addresses. */
export interface Authority extends Certificate {
  issue(options?: IssueOptions): Certificate
}

/** What a certificate says; a year of validity for 127.0.0.1 and localhost when not given. */
export interface IssueOptions {
  readonly commonName?: string
  readonly dnsNames?: readonly string[]
  /** IPv4 addresses. */
  readonly addresses?: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
}

const DAY_MS = 86_400_000

/** Makes an authority with a fresh key, valid from yesterday for a year. */
export function createAuthority(commonName = 'Deckwatch test authority'): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = nameOf(commonName)
  const validity = [new Date(Date.now() - DAY_MS), new Date(Date.now() + 365 * DAY_MS)] as const
  const isAuthority = [extension('2.5.29.19', sequence(boolean(true)), true)]
  return {
    cert: certificate(issuer, issuer, publicKey, validity, isAuthority, privateKey),
    key: pemOf(privateKey),
    issue({ commonName: subject = 'localhost', dnsNames, addresses, notBefore, notAfter } = {}) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const names = [
        ...(dnsNames ?? ['localhost']).map((name) => tagged(0x82, Buffer.from(name))),
        ...(addresses ?? ['127.0.0.1']).map((address) =>
          tagged(0x87, Buffer.from(address.split('.').map(Number))),
        ),
      ]
      return {
        cert: certificate(
          issuer,
          nameOf(subject),
          pair.publicKey,
          [notBefore ?? validity[0], notAfter ?? validity[1]],
          [extension('2.5.29.17', sequence(...names))],
          privateKey,
        ),
        key: pemOf(pair.privateKey),
      }
    },
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** X.509 version 3, signed with ECDSA and SHA-256 (RFC 5280). */
function certificate(
  issuer: Buffer,
  subject: Buffer,
  publicKey: KeyObject,
  [notBefore, notAfter]: readonly [Date, Date],
  extensions: readonly Buffer[],
  signer: KeyObject,
): string {
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'))
  const serial = Buffer.from([1, ...Buffer.from(crypto.randomUUID().replaceAll('-', ''), 'hex')])
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, serial),
    algorithm,
    issuer,
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  )
  const der = sequence(body, algorithm, bits(sign('sha256', body, signer)))
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

function nameOf(commonName: string): Buffer {
  const attribute = sequence(objectId('2.5.4.3'), tagged(0x0c, Buffer.from(commonName)))
  return sequence(tagged(0x31, attribute))
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  const critical = isCritical ? [boolean(true)] : []
  return sequence(objectId(id), ...critical, tagged(0x04, value))
}

function time(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '')
  return tagged(0x18, Buffer.from(digits))
}

function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0]))
}

function bits(content: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([0]), content]))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const part of rest) {
    const digits = [part & 0x7f]
    for (let value = part >>> 7; value > 0; value >>>= 7) digits.unshift((value & 0x7f) | 0x80)
    bytes.push(...digits)
  }
  return tagged(0x06, Buffer.from(bytes))
}

/** One element of DER: tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
