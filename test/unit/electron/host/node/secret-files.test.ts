import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSecretFiles } from '#electron/host/node/secret-files.ts'
import { hasModes, unlookedModes } from '#test/fixtures/owner-only.ts'

const ORIGIN = 'http://am:9093'
let parent: string
let folder: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'deckwatch-secret-files-'))
  folder = join(parent, 'secrets')
})
afterEach(() => rm(parent, { recursive: true, force: true }))

it(`keeps, replaces and forgets secrets in files of the owner alone${unlookedModes}`, async () => {
  const store = createSecretFiles(folder)
  expect(store.kind).toBe('file')
  expect(await store.write('am-token', ' one ', ORIGIN)).toEqual({ ok: true, value: undefined })
  expect(await store.write('am-token', 'two\n', ORIGIN)).toMatchObject({ ok: true })
  expect(await store.read('am-token')).toEqual({ ok: true, value: 'two\n' })
  if (hasModes) {
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'am-token'))).mode & 0o777).toBe(0o600)
  }
  expect(await readdir(folder)).toEqual(['.for-am-token', 'am-token'])
  await store.remove('am-token')
  expect(await store.remove('am-token')).toMatchObject({ ok: true })
  expect(await store.read('am-token')).toMatchObject({
    ok: false,
    error: { message: 'The secret am-token is not kept here.' },
  })
})

it.runIf(hasModes)(`closes a folder that was open to others${unlookedModes}`, async () => {
  await mkdir(folder)
  await chmod(folder, 0o755)
  expect(await createSecretFiles(folder).check()).toMatchObject({ ok: true })
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})

it.each(['../token', '', '.', '..', 'a/b', 'a\\b', '.hidden', 'x'.repeat(64)])(
  'takes no name that leads elsewhere: %j',
  async (name) => {
    const store = createSecretFiles(folder)
    for (const result of [await store.write(name, 'x', ORIGIN), await store.read(name)]) {
      expect(result).toMatchObject({ ok: false })
    }
    expect(await readdir(parent)).toEqual([])
  },
)

it('says that the folder cannot be used, without the secret', async () => {
  await writeFile(folder, 'a file in its place')
  const store = createSecretFiles(folder)
  const results = [await store.check(), await store.write('am', 'hunter2', ORIGIN)]
  for (const result of results) {
    expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining(folder) } })
  }
  expect(JSON.stringify(results)).not.toContain('hunter2')
})

it('knows which server a secret was entered for, and forgets it with the secret', async () => {
  const store = createSecretFiles(folder)
  expect(await store.storedFor('am-token')).toBeNull()
  await store.write('am-token', 'one', ORIGIN)
  expect(await createSecretFiles(folder).storedFor('am-token')).toBe(ORIGIN)
  await store.write('am-token', 'two', 'https://other')
  expect(await store.storedFor('am-token')).toBe('https://other')
  await store.remove('am-token')
  expect(await readdir(folder)).toEqual([])
  // Kept by a version that did not write it down.
  await writeFile(join(folder, 'older'), 'three')
  expect(await store.storedFor('older')).toBeNull()
  expect(await store.storedFor('../am-token')).toBeNull()
})
