import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openSharedPlaybook, sharedKinds } from '#electron/playbook/index.ts'
import { format } from '#electron/host/node/configuration-format.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { createPlaybookReader } from '#electron/host/node/playbook.ts'
import { createPlaybookPort } from '#electron/host/node/playbook-port.ts'
import type { PlaybookSetting } from '#shared/domain/playbook/setting.ts'
import { silentLogger, swiftClock } from '#test/unit/electron/playbook/kit.ts'

/** A playbook folder of its own, which is gone after the test. */
export async function openTestPlaybook(
  files: Readonly<Record<string, string>>,
  setting?: (base: string) => PlaybookSetting,
) {
  const base = await mkdtemp(join(tmpdir(), 'deckwatch-shared-'))
  const folder = join(base, 'playbook')
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) await write(path, text)
  const ids = createNodeIds()
  const playbook = await openSharedPlaybook({
    kinds: sharedKinds(format),
    setting: setting?.(base),
    configurationPath: join(folder, 'deckwatch.yaml'),
    dataDirectory: join(base, 'data'),
    clock: { ...swiftClock(), after: () => () => undefined },
    logger: silentLogger,
    onChange: () => undefined,
  })
  onTestFinished(async () => {
    playbook.close()
    await rm(base, { recursive: true, force: true })
  })
  const readPlaybook = createPlaybookReader(playbook, ids)
  const port = createPlaybookPort({
    playbook,
    readPlaybook,
    ids,
    takeUp: () => playbook.reload(),
  })
  /** Problems between the files, as a terminal shows them. */
  const between = () =>
    readPlaybook().problems.map(
      ({ file, line, column, message }) =>
        `${file.slice(folder.length + 1)}:${String(line)}:${String(column)} ${message}`,
    )
  return { base, folder, playbook, port, readPlaybook, between, write }
}
