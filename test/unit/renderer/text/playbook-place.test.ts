import { describe, expect, it } from 'vitest'
import { placeOfFile } from '#renderer/text/playbook-place.ts'

describe('the place of a file that a plan names', () => {
  it('is a path in the folder of the playbook, or in its repository', () => {
    expect(
      placeOfFile('pay/fail.md#switch', { kind: 'folder', folder: '/home/ada/playbook/' }),
    ).toEqual({
      where: 'in the playbook folder',
      path: '/home/ada/playbook/runbooks/pay/fail.md',
    })
    const git = {
      branch: null,
      commit: null,
      checkedAt: null,
      problem: null,
      url: 'https://g.example/p',
    }
    expect(placeOfFile('runbooks/fail.md', { kind: 'git', path: 'ops', ...git }).path).toBe(
      'ops/runbooks/fail.md',
    )
  })
})
