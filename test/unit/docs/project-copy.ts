import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const compiler = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc')
const parts = ['shared', 'electron', 'renderer'] as const

/** A copy of the program's sources in a folder of its own. */
export interface ProjectCopy {
  /** Writes files, by path. */
  write(texts: ReadonlyMap<string, string>): void
  /** What the compiler says of the whole of it; empty when the types are right. */
  problems(): Promise<string>
  remove(): void
}

/** Copies what the compiler needs; packages are those of the project. */
export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-recipes-'))
  for (const name of [...parts, 'package.json', 'tsconfig.base.json']) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return {
    write(texts) {
      for (const [path, text] of texts) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
    },
    problems() {
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      const args = [compiler, '--build', ...parts, '--pretty', 'false']
      execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) => {
        if (error && stdout === '') reject(new Error(`The compiler did not run: ${stderr}`))
        else resolve(stdout)
      })
      return promise
    },
    remove() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
