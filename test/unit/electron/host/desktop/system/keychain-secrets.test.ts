import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKeychainSecrets } from '#electron/host/desktop/system/keychain-secrets.ts'
import { createSecretFiles } from '#electron/host/node/secret-files.ts'
import { StandInKeychain } from '#test/fixtures/electron-stand-in/keychain.ts'

const ORIGIN = 'http://am:9093'
const SECRET = 'correct horse battery staple'
let folder: string
let keychain: StandInKeychain

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-keychain-'))
  keychain = new StandInKeychain()
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const make = (platform: NodeJS.Platform = 'linux') =>
  createKeychainSecrets(createSecretFiles(folder), keychain, platform)

describe('createKeychainSecrets', () => {
  it('keeps, reads, replaces and forgets a secret, which is never on disk', async () => {
    const secrets = make()
    expect(await secrets.check()).toEqual({ ok: true, value: undefined })
    expect(await secrets.write('am', 'an earlier one', ORIGIN)).toMatchObject({ ok: true })
    expect(await secrets.write('am', SECRET, ORIGIN)).toMatchObject({ ok: true })
    expect(await secrets.read('am')).toEqual({ ok: true, value: SECRET })
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8')
      expect(text + Buffer.from(text, 'base64').toString('latin1')).not.toContain(SECRET)
    }
    expect(await secrets.remove('am')).toMatchObject({ ok: true })
    expect(await secrets.read('am')).toMatchObject({ ok: false })
    expect(await secrets.remove('am')).toMatchObject({ ok: true })
    expect(await secrets.write('../am', SECRET, ORIGIN)).toMatchObject({ ok: false })
  })

  it('refuses the key that everybody knows, and says what to install', async () => {
    keychain.hasKeyring = false
    const refusal = { ok: false, error: { hint: expect.stringContaining('gnome-keyring') } }
    expect(await make().check()).toMatchObject(refusal)
    expect(await make().write('am', SECRET, ORIGIN)).toMatchObject(refusal)
    expect(readdirSync(folder)).toEqual([])
    // Only Linux has that key.
    expect(await make('darwin').write('am', SECRET, ORIGIN)).toMatchObject({ ok: true })
  })

  it('says that a keychain is locked, and keeps nothing readable instead', async () => {
    const secrets = make()
    await secrets.write('am', SECRET, ORIGIN)
    keychain.isLocked = true
    const locked = { ok: false, error: { message: expect.stringContaining('locked') } }
    expect(await secrets.check()).toMatchObject(locked)
    expect(await secrets.read('am')).toMatchObject(locked)
    expect(await secrets.write('other', SECRET, ORIGIN)).toMatchObject(locked)
    expect(readdirSync(folder)).toEqual(['.for-am', 'am'])
  })

  it('does not ask for a secret again while its keychain only does not answer', async () => {
    const secrets = make()
    await secrets.write('am', SECRET, ORIGIN)
    keychain.isBusy = true
    const refused = await secrets.read('am')
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('locked') },
    })
    expect(JSON.stringify(refused)).not.toContain('in again')
  })

  it('never lets a secret out in an error', async () => {
    const secrets = createKeychainSecrets(
      createSecretFiles(folder),
      Object.assign(keychain, {
        encryptStringAsync: (text: string) => Promise.reject(new Error(`cannot encrypt ${text}`)),
      }),
      'linux',
    )
    const refused = await secrets.write('am', SECRET, ORIGIN)
    expect(refused.ok).toBe(false)
    expect(JSON.stringify(refused)).not.toContain(SECRET)
  })

  it('says when another keychain has the key, and takes up a newer key', async () => {
    const secrets = make()
    await secrets.write('am', SECRET, ORIGIN)
    const before = readFileSync(join(folder, 'am'), 'utf8')
    keychain.hasNewKey = true
    expect(await secrets.read('am')).toEqual({ ok: true, value: SECRET })
    expect(readFileSync(join(folder, 'am'), 'utf8')).not.toBe(before)
    keychain.forget()
    expect(await secrets.read('am')).toMatchObject({
      ok: false,
      error: { hint: expect.stringContaining('again') },
    })
  })
})
