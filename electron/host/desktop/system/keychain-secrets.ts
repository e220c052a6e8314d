import type { SecretProblem, SecretStore } from '#electron/engine/secret-port.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { KeychainApi } from '../electron-api.ts'

const otherwise = 'Or name the secret as env:NAME or file:/path in the configuration.'

const noKeychain: SecretProblem = {
  message: 'This desktop has no keychain, so the secret could only be kept in readable form.',
  hint: `Install GNOME Keyring (package gnome-keyring) or KWallet, log in again and start Deckwatch again. ${otherwise}`,
}

const lockedKeychain: SecretProblem = {
  message: 'The keychain of this account cannot be used: it is locked or does not answer.',
  hint: `Unlock it and try again; on a machine without a login screen it may have to be started first. ${otherwise}`,
}

const refusedByKeychain: SecretProblem = {
  message: 'The keychain refused to encrypt the secret.',
  hint: `Unlock it and try again. ${otherwise}`,
}

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
  async function check(): Promise<Result<void, SecretProblem>> {
    // Electron would encrypt with a key that everybody knows.
    if (platform === 'linux' && keychain.getSelectedStorageBackend() === 'basic_text') {
      return fail(noKeychain)
    }
    const isAvailable = await keychain.isAsyncEncryptionAvailable().catch(() => false)
    return isAvailable ? ok(undefined) : fail(lockedKeychain)
  }

  async function write(name: string, value: string): Promise<Result<void, SecretProblem>> {
    const checked = await check()
    if (!checked.ok) return checked
    let encrypted
    try {
      encrypted = await keychain.encryptStringAsync(value)
    } catch {
      // What Electron says may hold the text that it could not encrypt.
      return fail(refusedByKeychain)
    }
    return files.write(name, encrypted.toString('base64'))
  }

  return {
    kind: 'keychain',
    async check() {
      const checked = await check()
      return checked.ok ? files.check() : checked
    },
    async read(name) {
      const kept = await files.read(name)
      if (!kept.ok) return kept
      const checked = await check()
      if (!checked.ok) return checked
      try {
        const encrypted = Buffer.from(kept.value, 'base64')
        const { result, shouldReEncrypt } = await keychain.decryptStringAsync(encrypted)
        // The keychain has a newer key. What is kept can still be read if this fails.
        if (shouldReEncrypt) await write(name, result)
        return ok(result)
      } catch {
        return fail({
          message: `The secret ${name} was encrypted by another keychain and cannot be read.`,
          hint: 'Type it in again in the settings of its source.',
        })
      }
    },
    write,
    remove: (name) => files.remove(name),
  }
}
