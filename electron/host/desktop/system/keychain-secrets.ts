import type { SecretProblem, SecretStore } from '#electron/engine/ports/secrets.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { KeychainApi } from '../electron-api.ts'

const otherwise = 'Or name the secret as env:NAME or file:/path in the configuration.'

const noKeychain: SecretProblem = {
  message:
    'This desktop has no keychain, or it is locked, so the secret could only be kept in readable form.',
  hint: `Install GNOME Keyring (package gnome-keyring) or KWallet, log in again so that it is unlocked, and start Deckwatch again. ${otherwise}`,
}

const lockedKeychain: SecretProblem = {
  message: 'The keychain of this account cannot be used: it is locked or not responding.',
  hint: `Unlock it and try again; on a machine without a login screen it may have to be started first. ${otherwise}`,
}

/** What is encrypted to see what the keychain does; it is no secret. */
const PROBE = 'deckwatch'

/**
 * How Chromium marks on Linux what it encrypted with a key that everybody knows, because it reached
 * no keychain: it does so without a word, and the name of the backend tells the desktop only. A key
 * of the keychain is marked v11.
 */
const KNOWN_KEY = 'v10'

/**
 * Keeps secrets encrypted with a key that only the operating system's keychain has.
 *
 * @param files keeps the encrypted texts, so that only this account can read them.
 */
export function createKeychainSecrets(
  files: SecretStore,
  keychain: KeychainApi,
  platform: NodeJS.Platform,
): SecretStore {
  async function encrypt(text: string): Promise<Result<Buffer, SecretProblem>> {
    let encrypted
    try {
      encrypted = await keychain.encryptStringAsync(text)
    } catch {
      // What Electron says may hold the text that it could not encrypt.
      return fail(lockedKeychain)
    }
    const isReadable =
      platform === 'linux' && encrypted.subarray(0, KNOWN_KEY.length).toString() === KNOWN_KEY
    return isReadable ? fail(noKeychain) : ok(encrypted)
  }

  async function write(
    name: string,
    value: string,
    origin: string,
  ): Promise<Result<void, SecretProblem>> {
    const encrypted = await encrypt(value)
    return encrypted.ok ? files.write(name, encrypted.value.toString('base64'), origin) : encrypted
  }

  return {
    kind: 'keychain',
    async check() {
      const probed = await encrypt(PROBE)
      return probed.ok ? files.check() : probed
    },
    async read(name) {
      const kept = await files.read(name)
      if (!kept.ok) return kept
      const probed = await encrypt(PROBE)
      if (!probed.ok) return probed
      try {
        const encrypted = Buffer.from(kept.value, 'base64')
        const { result, shouldReEncrypt } = await keychain.decryptStringAsync(encrypted)
        // The keychain has a newer key. What is kept can still be read if this fails.
        if (shouldReEncrypt) await write(name, result, (await files.storedFor(name)) ?? '')
        return ok(result)
      } catch (error) {
        if (String(error).includes('temporarily unavailable')) return fail(lockedKeychain)
        return fail({
          message: `The secret ${name} was encrypted by another keychain and cannot be read.`,
          hint: 'Type it in again in the settings of its source.',
        })
      }
    },
    write,
    storedFor: (name) => files.storedFor(name),
    remove: (name) => files.remove(name),
  }
}
