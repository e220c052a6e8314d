import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readRegularFile } from '#electron/files/regular-file.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { loadTlsContext } from '#electron/http/tls-context.ts'

let folder: string
const at = (name: string) => join(folder, name)
const hasPipes = process.platform !== 'win32'

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-files-'))
  writeFileSync(at('ten'), '0123456789')
  writeFileSync(at('large.pem'), 'x'.repeat(1_048_577))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

it('reads a file that is not too large, to the byte', async () => {
  expect(await readRegularFile(at('ten'), 10)).toEqual({
    ok: true,
    value: Buffer.from('0123456789'),
  })
  expect(await readRegularFile(at('ten'), 9)).toEqual({
    ok: false,
    error: { reason: 'too-large', bytes: 10 },
  })
  await expect(readRegularFile(at('none'), 10)).rejects.toMatchObject({ code: 'ENOENT' })
})

it('reads no folder', async () => {
  expect(await readRegularFile(folder, 10)).toEqual({ ok: false, error: { reason: 'not-a-file' } })
})

it.runIf(hasPipes)('waits for no pipe and reads no device, wherever they are named', async () => {
  // More than there are threads that read files: if one waited in each, nothing could be read.
  const pipes = Array.from({ length: 8 }, (_, index) => at(`pipe-${String(index)}`))
  execFileSync('mkfifo', pipes)
  symlinkSync('/dev/zero', at('link'))
  const secrets = createSecretReader({ folder })
  for (const path of [...pipes, '/dev/zero', at('link')]) {
    await expect(secrets(`file:${path}`)).rejects.toThrow('is not a regular file')
    for (const option of ['ca', 'cert', 'key']) {
      const loaded = await loadTlsContext({ [option]: path })
      expect(loaded).toMatchObject({
        ok: false,
        error: { problem: { message: `The file ${path} of tls.${option} is not a regular file.` } },
      })
    }
  }
  expect(await readRegularFile(at('ten'), 10)).toMatchObject({ ok: true })
})

it('reads no endless file of certificates', async () => {
  expect(await loadTlsContext({ ca: at('large.pem') })).toMatchObject({
    ok: false,
    error: { problem: { message: expect.stringContaining('is over 1 MiB') } },
  })
})
