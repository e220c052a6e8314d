import { describe, expect, it } from 'vitest'
import { openTestPlaybook } from './playbook-kit.ts'

const plan = (id: string, more = '') => `plan: ${id}\nmatch: ['alertname="${id}"']\n${more}`

describe('what is wrong between the files of a playbook', () => {
  it('is said at the very field, with the other file and what was probably meant', async () => {
    const { between } = await openTestPlaybook({
      'plans/a.yaml': plan('a', '# who takes it over\nextends: b\n'),
      'plans/b.yaml': plan('b', 'extends: a\n'),
      'plans/c.yaml': plan('c', 'owner: x\nextends:   defualt\n'),
      'plans/default.yaml': 'plan: default\n',
      'plans/deep/again.yaml': '# again\nplan: c\n',
      'plans/tie.yaml': 'plan: tie\nmatch:\n  - alertname="a1"\n',
      'plans/tied.yaml': 'plan: tied\nmatch:\n  - alertname="a1"\n',
    })
    expect(between()).toEqual([
      'plans/deep/again.yaml:2:7 plan: another file has the plan "c" already, and is taken (plans/c.yaml)',
      'plans/a.yaml:4:10 extends: these plans extend each other in a circle: a → b → a',
      'plans/b.yaml:3:10 extends: these plans extend each other in a circle: b → a → b',
      'plans/c.yaml:4:12 extends: there is no plan "defualt" to extend; did you mean "default"?',
      'plans/tied.yaml:3:3 match: plan "tie" has the same conditions, and is taken since its name comes first (plans/tie.yaml)',
    ])
  })

  it('moves with the text, also where the text says the same', async () => {
    const { between, playbook, write } = await openTestPlaybook({
      'plans/a.yaml': plan('a', 'extends: nowhere\n'),
    })
    expect(between()[0]).toMatch(/^plans\/a.yaml:3:10 /)
    await write('plans/a.yaml', `# one\n# two\n${plan('a', 'extends: nowhere\n')}`)
    await playbook.reload()
    expect(between()[0]).toMatch(/^plans\/a.yaml:5:10 /)
  })
})
