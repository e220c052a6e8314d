import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createImageStore } from '#electron/images/image-store.ts'

const png = (content: string) =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(content)])
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function store(most?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-images-'))
  folders.push(folder)
  const warnings: string[] = []
  const logger = { warn: (_fields: object, message: string) => warnings.push(message) }
  const inside = join(folder, 'images')
  return { folder: inside, warnings, images: createImageStore(inside, logger, most) }
}

it('keeps an image once, for this account alone, and reads it back', async () => {
  const { images, folder } = store()
  const [first, again] = await Promise.all([images.keep(png('a')), images.keep(png('a'))])
  expect(first).toEqual(again)
  if (!first.ok) throw new Error(first.error)
  expect(readdirSync(folder)).toEqual([first.value])
  expect(statSync(join(folder, first.value)).mode & 0o077).toBe(0)
  expect(Buffer.from((await images.read(first.value)) ?? [])).toEqual(png('a'))
})

it('shows nothing that was changed on the disk, and follows no name out of its folder', async () => {
  const { images, folder } = store()
  const kept = await images.keep(png('a'))
  if (!kept.ok) throw new Error(kept.error)
  writeFileSync(join(folder, kept.value), png('b'))
  expect(await images.read(kept.value)).toBeNull()
  expect(await images.read('0'.repeat(64))).toBeNull()
  expect(await images.read('../journal.sqlite')).toBeNull()
})

it('repairs a file of another length when the same image comes again', async () => {
  const { images, folder } = store()
  const kept = await images.keep(png('a'))
  if (!kept.ok) throw new Error(kept.error)
  writeFileSync(join(folder, kept.value), 'half')
  expect(await images.keep(png('a'))).toEqual(kept)
  expect(await images.read(kept.value)).not.toBeNull()
})

it('takes no more than there is room for, and says how much there is', async () => {
  const { images, folder } = store(2 * 1024 * 1024)
  const large = (char: string) => png(char.repeat(1024 * 1024))
  expect((await images.keep(large('a'))).ok).toBe(true)
  const [second, third] = await Promise.all([images.keep(large('b')), images.keep(png('c'))])
  expect(second).toEqual({
    ok: false,
    error:
      'The image was not added: all images together take 1.0 MiB of the 2.0 MiB that Deckwatch keeps on this machine.',
  })
  expect(third.ok).toBe(true)
  expect(readdirSync(folder)).toHaveLength(2)
})

it('says why where the folder cannot be made', async () => {
  const { folder, images, warnings } = store()
  writeFileSync(folder, 'in the way')
  expect(await images.keep(png('a'))).toMatchObject({
    ok: false,
    error: expect.stringContaining('The image was not added: the data folder cannot be written to'),
  })
  expect(warnings).toEqual(['An image cannot be kept'])
})
