import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createConfigurationStore } from '#electron/playbook/configuration/store.ts'
import { silentLogger, swiftClock } from '../kit.ts'
import { defaultConfiguration } from '#test/fixtures/configuration.ts'
import { format } from '#electron/host/node/configuration-format.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-load-'))
  path = join(folder, 'deckwatch.yaml')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function loadConfiguration(of: string) {
  const store = await createConfigurationStore({
    format,
    path: of,
    clock: swiftClock(),
    logger: silentLogger,
    onChange: () => undefined,
  })
  store.close()
  if (store.problems().length > 0) return { ok: false, error: store.problems() } as const
  const value = { configuration: store.current(), path: store.path, isPresent: store.isPresent() }
  return { ok: true, value } as const
}

async function told(of = path): Promise<readonly string[]> {
  const loaded = await loadConfiguration(of)
  return loaded.ok ? [] : loaded.error.map(({ file, message }) => `${file}: ${message}`)
}

describe('loading the configuration', () => {
  it('runs the drill where there is no file, or not even its folder', async () => {
    const expected = { ok: true, value: { configuration: defaultConfiguration, isPresent: false } }
    expect(await loadConfiguration(path)).toMatchObject(expected)
    expect(await loadConfiguration(join(path, 'deeper', 'deckwatch.yaml'))).toMatchObject(expected)
    await writeFile(path, '')
    expect(await loadConfiguration(join(path, 'below-a-file.yaml'))).toMatchObject(expected)
  })

  it('reads a file, with or without a byte order mark and with Windows line ends', async () => {
    await writeFile(path, '\ufeffme: Ada\r\nsources:\r\n  - type: drill\r\n')
    expect(await loadConfiguration(path)).toMatchObject({
      ok: true,
      value: { configuration: { me: 'Ada' }, path, isPresent: true },
    })
  })

  it('says how to start when the file is empty', async () => {
    await writeFile(path, '')
    expect(await told()).toEqual([
      expect.stringContaining('the file is empty. Start with: sources:'),
    ])
  })

  it('shows a beginning that is itself a good configuration', async () => {
    await writeFile(path, '')
    const [message = ''] = await told()
    await writeFile(path, /(sources: .*\]) - or/.exec(message)?.[1] ?? '')
    expect(await loadConfiguration(path)).toMatchObject({ ok: true, value: { isPresent: true } })
  })

  it('refuses what is too large without reading it', async () => {
    await writeFile(path, `# ${'x'.repeat(1024 * 1024)}\n`)
    expect(await told()).toEqual([
      `${path}: the file has 1.0 MiB; a configuration has at most 1 MiB. Is this the right file?`,
    ])
  })

  it('refuses what is not UTF-8', async () => {
    await writeFile(path, Buffer.from([0x6d, 0x65, 0x3a, 0x20, 0xff]))
    expect(await told()).toEqual([`${path}: the file is not UTF-8 text: save it as UTF-8`])
  })

  it('refuses a folder, and a pipe without waiting for it', async () => {
    const message = 'this is not a file: name the configuration file itself'
    expect(await told(folder)).toEqual([`${folder}: ${message}`])
    execFileSync('mkfifo', [path])
    expect(await told()).toEqual([`${path}: ${message}`])
  })
})
