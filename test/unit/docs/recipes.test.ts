import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyProject, type ProjectCopy } from './project-copy.ts'
import { applyRecipes, recipeBlocks } from './recipe-blocks.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
const read = (path: string) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null

describe('the recipes of CONTRIBUTING', () => {
  const blocks = recipeBlocks(contributing)
  let copy: ProjectCopy
  beforeAll(() => {
    copy = copyProject()
  })
  afterAll(() => {
    copy.remove()
  })

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

  it('applied to a copy, have no mistake of types', async () => {
    // Each new file has a twin with a mistake: the compiler looks at what is written there.
    const isNew = ({ path }: { path: string }) => read(path) === null && path.endsWith('.ts')
    const twins = blocks
      .filter(isNew)
      .map(
        ({ path, code }) =>
          [
            path.replace(/\.ts$/, '-wrong.ts'),
            `${code}\nexport const wrong: number = 'text'\n`,
          ] as const,
      )
    copy.write(new Map([...applyRecipes(blocks, read), ...twins]))
    const problems = (await copy.problems()).split('\n').filter((line) => /^\S+\(/.test(line))
    expect(problems.map((line) => line.replace(/\(.*/, '')).sort()).toEqual(
      twins.map(([path]) => path).sort(),
    )
    expect(twins.length).toBeGreaterThan(0)
  }, 300_000)
})
