import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Images } from '#electron/engine/ports/images.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { makePrivateFolder, writePrivateFile } from '#electron/files/private-files.ts'
import { readRegularFile } from '#electron/files/regular-file.ts'
import { writeFailure } from '#electron/files/write-failure.ts'
import { MAX_IMAGE_BYTES, MAX_IMAGES_BYTES } from '#shared/domain/image/schema.ts'
import { fail, ok } from '#shared/domain/result/result.ts'

const HASH = /^[0-9a-f]{64}$/
const MIB = 1024 * 1024

/**
 * Keeps each image in a file that its hash names, for this account alone: what was changed on the disk
 * is not shown. An image is kept before it is recorded: where recording fails, its file stays for
 * whoever adds it again.
 *
 * @param folder of this machine's data, beside the journal; made when the first image is kept.
 * @param most bytes that all of them may take.
 */
export function createImageStore(
  folder: string,
  logger: Pick<Logger, 'warn'>,
  most: number = MAX_IMAGES_BYTES,
): Images {
  let keeping: Promise<unknown> = Promise.resolve()

  async function keep(bytes: Uint8Array): ReturnType<Images['keep']> {
    const hash = hashOf(bytes)
    try {
      makePrivateFolder(folder)
      const sizes = await sizesIn(folder)
      if (sizes.get(hash) === bytes.length) return ok(hash)
      const taken = [...sizes.values()].reduce((sum, size) => sum + size, 0)
      if (taken + bytes.length > most) return fail(full(taken, most))
      writePrivateFile(join(folder, hash), bytes)
      return ok(hash)
    } catch (error) {
      logger.warn({ err: error, folder }, 'An image cannot be kept')
      return fail(`The image was not added: ${writeFailure(error)}.`)
    }
  }

  return {
    keep(bytes) {
      // One after the other: two at once would each see room for itself.
      const kept = keeping.then(() => keep(bytes))
      keeping = kept
      return kept
    },
    async read(hash) {
      if (!HASH.test(hash)) return null
      try {
        const read = await readRegularFile(join(folder, hash), MAX_IMAGE_BYTES)
        return read.ok && hashOf(read.value) === hash ? read.value : null
      } catch {
        return null
      }
    },
  }
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The sizes of all images that are kept, by hash. */
async function sizesIn(folder: string): Promise<ReadonlyMap<string, number>> {
  const names = (await readdir(folder)).filter((name) => HASH.test(name))
  const sizes = names.map(async (name) => [name, (await stat(join(folder, name))).size] as const)
  return new Map(await Promise.all(sizes))
}

function full(taken: number, most: number): string {
  const mib = (bytes: number) => `${(bytes / MIB).toFixed(1)} MiB`
  return `The image was not added: all images together take ${mib(taken)} of the ${mib(most)} that Deckwatch keeps on this machine.`
}
