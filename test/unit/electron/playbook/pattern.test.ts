import { describe, expect, it } from 'vitest'
import { parsePattern } from '#electron/playbook/pattern.ts'

/** Whether the last step of a pattern takes a name. */
function takes(pattern: string, name: string): boolean {
  const step = parsePattern(pattern).at(-1)
  if (step?.type === 'names') return step.matches(name)
  return step?.type === 'name' && step.name === name
}

describe('a pattern', () => {
  it('is read step by step', () => {
    expect(parsePattern('runbooks/**/*.md').map(({ type }) => type)).toEqual([
      'name',
      'deep',
      'names',
    ])
  })

  it.each([
    ['plans/*.yaml', 'a.yaml', true],
    ['plans/*.yaml', '.yaml', false],
    ['plans/*.yaml', '.hidden.yaml', false],
    ['plans/*.yaml', 'a.yaml~', false],
    ['plans/*.yaml', 'axyaml', false],
    ['plans/*.yaml', 'A.YAML', false],
    ['*-plan.*', 'big-plan.yaml', true],
    ['a+(b)[c].yaml', 'a+(b)[c].yaml', true],
    ['a+(b)*.yaml', 'a+(b)[c].yaml', true],
    ['a+(b)*.yaml', 'aa(b).yaml', false],
    ['*.md', 'line\nbreak.md', true],
    ['*.{md,yaml}', 'a.yaml', true],
    ['*.{md,yaml}', 'a.md', true],
    ['*.{md,yaml}', 'a.yml', false],
    ['*.{md,y.ml}', 'a.yaml', false],
    ['*.{md', 'a.{md', true],
  ])('%s and %j: %s', (pattern, name, expected) => {
    expect(takes(pattern, name)).toBe(expected)
  })
})
