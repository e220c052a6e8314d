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
    copy.write(applyRecipes(blocks, read))
    expect(await copy.problems()).toBe('')
  }, 300_000)

  it('are checked: a mistake in one is found', async () => {
    const [first] = blocks
    if (!first) throw new Error('no recipe has code')
    const broken = { ...first, code: `${first.code}\nexport const wrong: number = 'text'\n` }
    copy.write(applyRecipes([broken, ...blocks.slice(1)], read))
    expect(await copy.problems()).toContain(`${first.path}(`)
  }, 300_000)
})
