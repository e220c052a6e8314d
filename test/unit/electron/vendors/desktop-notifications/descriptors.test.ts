import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it.skipIf(process.platform === 'win32')(
  'a process without free file descriptors is told so, and goes on',
  async () => {
    const program = join(import.meta.dirname, 'without-descriptors.ts')
    const { stdout } = await promisify(execFile)('/bin/sh', [
      '-c',
      'ulimit -n 64 && exec "$0" --disable-warning=ExperimentalWarning "$1"',
      process.execPath,
      program,
    ])
    expect(JSON.parse(stdout)).toEqual({ run: 'not-started', id: null, errors: true })
  },
)
