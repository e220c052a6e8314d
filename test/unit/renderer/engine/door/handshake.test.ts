import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { beginSession, proveSession } from '#renderer/engine/door/handshake.ts'
import type { SignedIn } from '#renderer/engine/door/key-store.ts'
import { createKey } from '#renderer/engine/door/signatures.ts'
import { signedText, type CockpitDoorMessage, type HostDoorMessage } from '#shared/contract/door.ts'

const host = '127.0.0.1:4280'
const knowing = { host, now: () => 0 }
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const hostKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')
const hostNonce = 'h'.repeat(43)

/** What the host that the browser knows answers to a hello. */
function challengeTo(hello: CockpitDoorMessage, at = host): string {
  const cockpitNonce = hello.type === 'hello' ? hello.nonce : ''
  const text = signedText('host', { host: at, cockpitNonce, hostNonce })
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  const signature = sign('sha256', Buffer.from(text), key).toString('base64url')
  return said({ type: 'challenge', nonce: hostNonce, hostKey, signature })
}

const said = (message: HostDoorMessage) => JSON.stringify(message)
const letIn = said({ type: 'let-in', session: 's'.repeat(16), person: 'me' })
const revoked = said({ type: 'refused', reason: 'revoked' })
const otherHost = { kind: 'closed', reason: 'other-host' }

async function signedIn(): Promise<SignedIn> {
  const key = await createKey()
  return { state: 'in', session: 's'.repeat(16), person: 'me', hostKey, key, keyAt: 0 }
}

describe('a browser that proves its session', () => {
  it('believes a host that has proved itself first, and no other', async () => {
    const handshake = proveSession(await signedIn(), knowing)
    expect(await handshake.receive(challengeTo(handshake.hello))).toMatchObject({ kind: 'send' })
    expect(await handshake.receive(letIn)).toMatchObject({ kind: 'in' })
  })

  it.each([
    ['lets it in unasked', letIn],
    ['says that its access was revoked', revoked],
    ['says nothing that is a message of the door', 'welcome'],
  ])('takes who %s for another program', async (_name, text) => {
    const handshake = proveSession(await signedIn(), knowing)
    expect(await handshake.receive(text)).toEqual(otherHost)
    // Whatever else it says: it is not asked again.
    expect(await handshake.receive(letIn)).toEqual(otherHost)
  })

  it('is not led to prove itself at another address than the one it sees', async () => {
    const handshake = proveSession(await signedIn(), knowing)
    expect(await handshake.receive(challengeTo(handshake.hello, '127.0.0.1:1'))).toEqual(otherHost)
    expect(await handshake.receive(letIn)).toEqual(otherHost)
  })

  it('is not led to sign a second time', async () => {
    const handshake = proveSession(await signedIn(), knowing)
    await handshake.receive(challengeTo(handshake.hello))
    expect(await handshake.receive(challengeTo(handshake.hello))).toEqual(otherHost)
  })

  it('believes the host that refuses it', async () => {
    const handshake = proveSession(await signedIn(), knowing)
    await handshake.receive(challengeTo(handshake.hello))
    expect(await handshake.receive(revoked)).toEqual({ kind: 'closed', reason: 'revoked' })
  })
})

describe('a browser that is signed in with a link', () => {
  it.each([
    ['lets it in unasked', letIn],
    ['refuses it unasked', revoked],
  ])('takes who %s for another program', async (_name, text) => {
    expect(await beginSession('c'.repeat(43), knowing).receive(text)).toEqual(otherHost)
  })
})
