import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readRegularFile } from '#electron/files/regular-file.ts'
import type { SecretProblem, SecretStore } from '#electron/engine/ports/secrets.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** Largest file of a secret, bytes: the longest that is taken, encrypted, is smaller. */
const MAX_KEPT_BYTES = 262_144

/** Before the name of the file that says which server a secret is for: no secret is called so. */
const FOR = '.for-'

/** Names become file names: nothing that leads elsewhere. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/

/**
 * Keeps secrets as files that only this account can read, where there is no keychain to ask: in the
 * browser host. They are not encrypted; whoever can act as this account can read them.
 *
 * @param folder made with the first secret, for its owner alone.
 */
export function createSecretFiles(folder: string): SecretStore {
  const guarded = async <Value>(
    name: string,
    act: (path: string) => Promise<Value>,
  ): Promise<Result<Value, SecretProblem>> => {
    if (!NAME.test(name)) {
      return fail({
        message: 'Invalid secret name.',
        hint: 'Use letters, digits, dots, dashes and underscores (at most 63).',
      })
    }
    try {
      return ok(await act(join(folder, name)))
    } catch (error) {
      return fail(toProblem(error, name, folder))
    }
  }

  const prepare = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // One that was there before may be open to others.
    if (((await stat(folder)).mode & 0o077) !== 0) await chmod(folder, 0o700)
  }

  const ownerOf = (name: string) => join(folder, `${FOR}${name}`)

  const replace = async (path: string, text: string) => {
    const temporary = join(folder, `.${randomBytes(8).toString('hex')}`)
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  }

  return {
    kind: 'file',
    async check() {
      try {
        await prepare()
        return ok(undefined)
      } catch (error) {
        return fail(toProblem(error, '', folder))
      }
    },
    read: (name) => guarded(name, readText),
    write: (name, value, origin) =>
      guarded(name, async (path) => {
        await prepare()
        // A crash in between leaves a secret that is for no server, never one for the wrong server.
        await rm(ownerOf(name), { force: true })
        await replace(path, value)
        await replace(ownerOf(name), origin)
      }),
    async storedFor(name) {
      const read = await guarded(name, () => readText(ownerOf(name)))
      return read.ok && read.value !== '' ? read.value : null
    },
    remove: (name) =>
      guarded(name, async (path) => {
        await rm(ownerOf(name), { force: true })
        await rm(path, { force: true })
      }),
  }
}

async function readText(path: string): Promise<string> {
  const read = await readRegularFile(path, MAX_KEPT_BYTES)
  if (!read.ok) throw new Error(read.error.reason)
  return read.value.toString('utf8')
}

function toProblem(error: unknown, name: string, folder: string): SecretProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return code === 'ENOENT' && name !== ''
    ? {
        message: `The secret ${name} is not kept here.`,
        hint: 'Type it in again in the settings of its source.',
      }
    : {
        message: `The folder of the secrets cannot be used (${code}): ${folder}`,
        hint: 'Look at its permissions, or name the secret as env:NAME or file:/path.',
      }
}
