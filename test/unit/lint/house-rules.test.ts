import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const eslint = new ESLint({ cwd: root })

/** The rules that a text breaks at a path. TypeScript is linted in the place of a file that exists. */
async function broken(filePath: string, text: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath })
  return result?.messages.map(({ ruleId }) => ruleId) ?? []
}

/** What the rules that need types say of a program of one file. */
function typedComplaints(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'house-rules-'))
  try {
    writeFileSync(join(folder, 'a.ts'), text)
    const strict = { strict: true, lib: ['ES2024'], types: [] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: strict }))
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
    const args = [oxlint, '--type-aware', '--config', join(root, '.oxlintrc.json'), '.']
    // Its part for types is looked for on the path.
    const path = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
    const env = { ...process.env, PATH: path }
    return spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' }).stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const shared = 'shared/domain/result/result.ts'
const engine = 'electron/engine/ports/clock.ts'

describe('the house rules', () => {
  it.each([
    ['deckwatch/file-name', 'electron/cli/string-utils.mjs', 'export const a = 1'],
    ['deckwatch/file-name', 'electron/cli/helper.mjs', 'export const a = 1'],
    ['deckwatch/file-name', 'electron/cli/startUp.mjs', 'export const a = 1'],
    [
      'deckwatch/disable-with-reason',
      'electron/cli/a.mjs',
      '// eslint-disable-next-line eqeqeq\nexport const a = process.pid == 1',
    ],
    ['max-lines', 'electron/cli/a.mjs', 'export let a = 1\n'.concat('a += 1\n'.repeat(400))],
    ['no-console', shared, `console.log('here')`],
    ['no-restricted-syntax', shared, 'export default 1'],
    ['no-restricted-syntax', shared, `import { ok } from '../result/result'\nok(1)`],
    [
      'no-restricted-syntax',
      shared,
      `export const a = (page: { waitForFunction: (is: () => Promise<boolean>) => void }) => {\n  page.waitForFunction(async () => Promise.resolve(false))\n}`,
    ],
    ['jsdoc/require-jsdoc', shared, 'export const a = 1'],
    ['jsdoc/require-jsdoc', shared, 'export interface A { readonly a: number }'],
    ['jsdoc/require-jsdoc', shared, `export type A = 'a' | 'b'`],
    ['jsdoc/require-jsdoc', engine, 'export function a(): number {\n  return 1\n}'],
    [
      'deckwatch/disable-with-reason',
      shared,
      '// oxlint-disable-next-line typescript/no-unsafe-call',
    ],
    ['@typescript-eslint/no-explicit-any', shared, 'const a: any = 1\nvoid a'],
  ])('%s bites in %s', async (rule, path, text) => {
    expect(await broken(path, text)).toContain(rule)
  })

  it.each([
    ['electron/cli/print.mjs', `console.log('Programs may talk.')`],
    [shared, '/** What it means. */\nexport const a = 1'],
    [shared, '/** What it means. */\nexport const a = 1\nexport type A = typeof a'],
    [
      'electron/cli/a.mjs',
      '// eslint-disable-next-line eqeqeq -- null too\nexport const a = process.pid == 1',
    ],
  ])('lets pass what is as it should be: %s', async (path, text) => {
    expect(await broken(path, text)).toEqual([])
  })

  it.each([
    ['no-floating-promises', 'Promise.resolve(1)\n'],
    [
      'switch-exhaustiveness-check',
      `export function a(b: 'x' | 'y'): void {\n  switch (b) {\n    case 'x':\n  }\n}\n`,
    ],
    ['restrict-template-expressions', 'export const a = (b: object) => `$' + '{b}`\n'],
  ])('%s bites with the types known', (rule, text) => {
    expect(typedComplaints(text)).toContain(`typescript(${rule})`)
  })

  it('lets pass what is right with the types known', () => {
    expect(typedComplaints('export const a = (b: number) => `$' + '{b}`\n')).toContain('0 errors')
  })
})
