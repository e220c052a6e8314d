import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { applyRecipes, recipeBlocks } from './recipe-blocks.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
const read = (path: string) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null

/** What the types of a part of the project say once the recipes are applied to a copy in memory. */
function problemsOf(
  part: 'electron' | 'renderer',
  texts: ReadonlyMap<string, string>,
  only?: string,
): string[] {
  const overlay = new Map([...texts].map(([path, text]) => [resolve(root, path), text]))
  const file = join(root, part, 'tsconfig.json')
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    dirname(file),
  )
  const options: ts.CompilerOptions = { ...config.options, composite: false, noEmit: true }
  delete options.tsBuildInfoFile
  delete options.emitDeclarationOnly
  const host = ts.createCompilerHost(options)
  const folders = new Set([...overlay.keys()].map((path) => dirname(path)))
  const onDisk = {
    fileExists: host.fileExists.bind(host),
    readFile: host.readFile.bind(host),
    directoryExists: host.directoryExists?.bind(host),
  }
  host.fileExists = (path) => overlay.has(resolve(path)) || onDisk.fileExists(path)
  host.readFile = (path) => overlay.get(resolve(path)) ?? onDisk.readFile(path)
  host.directoryExists = (path) =>
    folders.has(resolve(path)) || (onDisk.directoryExists?.(path) ?? true)
  const own = [...overlay.keys()].filter((path) => path.startsWith(join(root, part)))
  const roots = only === undefined ? [...config.fileNames, ...own] : [join(root, only)]
  const program = ts.createProgram(roots, options, host)
  return ts.getPreEmitDiagnostics(program).map(({ file: source, start = 0, messageText }) => {
    const at = source ? source.getLineAndCharacterOfPosition(start).line + 1 : 0
    const path = source?.fileName.replace(root, '') ?? part
    return `${path}:${String(at)} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

describe('the recipes of CONTRIBUTING', () => {
  const blocks = recipeBlocks(contributing)

  it('are there for each seam, with code', () => {
    expect([...new Set(blocks.map(({ recipe }) => recipe))].sort()).toEqual([
      'add a command',
      'add a concept',
      'add a delivery kind',
      'add a follow-up',
      'add a reactor',
      'add a screen',
      'add a vendor',
    ])
  })

  it.each(['electron', 'renderer'] as const)(
    'applied to a copy, %s has no mistake of types',
    (part) => {
      expect(problemsOf(part, applyRecipes(blocks, read))).toEqual([])
    },
    // Two thousand files are checked, on a machine that may be busy.
    300_000,
  )

  it('are checked: a mistake in one is found', () => {
    const [first] = blocks
    if (!first) throw new Error('no recipe has code')
    const broken = { ...first, code: `${first.code}\nexport const wrong: number = 'text'\n` }
    const texts = applyRecipes([broken, ...blocks.slice(1)], read)
    expect(problemsOf('electron', texts, first.path).join()).toContain(first.path)
  }, 300_000)
})
