import { join } from 'node:path'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { TrustedTexts } from '#electron/engine/ports/trusted-texts.ts'
import { makePrivateFolder, writePrivateFile } from '#electron/files/private-files.ts'
import { readRegularFile } from '#electron/files/regular-file.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import { MAX_RUNBOOK_BYTES } from '#shared/domain/runbook/limits.ts'
import { fail, ok } from '#shared/domain/result/result.ts'

const HASH = /^[0-9a-f]{64}$/

/**
 * Keeps each text in a file that its hash names, for this account alone: one that was changed on the
 * disk is not believed.
 *
 * @param folder of this machine's data; made when the first text is kept.
 */
export function createTrustedTexts(folder: string, logger: Pick<Logger, 'warn'>): TrustedTexts {
  return {
    keep(hash, text) {
      if (!HASH.test(hash) || hashOf(text) !== hash) {
        return Promise.resolve(fail('it is another text by now'))
      }
      try {
        makePrivateFolder(folder)
        writePrivateFile(join(folder, hash), text)
        return Promise.resolve(ok(undefined))
      } catch (error) {
        logger.warn({ err: error, folder }, 'A trusted runbook cannot be kept')
        return Promise.resolve(fail('the disk cannot be written'))
      }
    },
    async read(hash) {
      if (!HASH.test(hash)) return null
      try {
        const read = await readRegularFile(join(folder, hash), MAX_RUNBOOK_BYTES)
        const text = read.ok ? read.value.toString('utf8') : ''
        return hashOf(text) === hash ? text : null
      } catch {
        return null
      }
    },
  }
}
