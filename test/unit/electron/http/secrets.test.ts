import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSecretReader, type SecretReader } from '#electron/http/secrets.ts'

let folder = ''
let read: SecretReader
const env: Record<string, string | undefined> = { TOKEN: ' as it is ', EMPTY: '' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-secrets-'))
  read = createSecretReader({ env, folder })
  await writeFile(join(folder, 'token'), '  a b \n\r\n')
  await writeFile(join(folder, 'blank'), ' \n')
  await writeFile(join(folder, 'large'), 'hidden'.repeat(20_000))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('secrets', () => {
  it('come from the environment as they are, read anew each time', async () => {
    expect(await read('env:TOKEN')).toBe(' as it is ')
    env['TOKEN'] = 'rotated'
    expect(await read('env:TOKEN')).toBe('rotated')
  })

  it('come from files without the white space at the end, relative or absolute', async () => {
    expect(await read('file:token')).toBe('  a b')
    expect(await read(`file:${join(folder, 'token')}`)).toBe('  a b')
  })

  it.each([
    ['env:ABSENT', 'environment variable ABSENT is not set'],
    ['env:EMPTY', 'environment variable EMPTY is not set'],
    ['file:absent', 'cannot be read (ENOENT)'],
    ['file:.', 'is not a regular file'],
    ['file:/dev/zero', 'is not a regular file'],
    ['file:blank', 'is empty'],
    ['file:large', 'is over 64 KiB'],
    ['hidden', 'env:NAME or file:'],
  ])('%s is missing in words that hold no secret', async (reference, words) => {
    await expect(read(reference)).rejects.toThrow(words)
    await expect(read(reference)).rejects.not.toThrow('hidden')
  })
})
