import { describe, expect, it } from 'vitest'
import { MAX_RUNBOOK_TITLE } from '#shared/domain/runbook/limits.ts'
import { runbookNameOf, runbookTitle } from '#shared/domain/runbook/title.ts'

describe('the title of a runbook', () => {
  it.each([
    ['# Payments fail\n\ntext', 'Payments fail'],
    ['\uFEFF# Payments fail ##\r\ntext', 'Payments fail'],
    ['text\n\n## Payments `fail` *now*', 'Payments fail now'],
    ['# [Payments](https://x.example) fail', 'Payments fail'],
    ['# KUBE_POD\\_DOWN', 'KUBE_POD_DOWN'],
    ['Payments fail\n====\n', 'Payments fail'],
    ['```sh\n# a comment of a shell\n```\n# Payments fail', 'Payments fail'],
    ['---\ntitle: x\n# no heading\n---\n# Payments fail', 'Payments fail'],
    ['#hashtag\n#\n# Payments fail', 'Payments fail'],
    ['- item\n---\n# Payments fail', 'Payments fail'],
    ['~~~\n# never closed', 'payment-failure'],
    ['no heading at all', 'payment-failure'],
    ['', 'payment-failure'],
    ['# a\u202eb', 'a⟨U+202E⟩b'],
  ])('of %j is %j', (text, title) => {
    expect(runbookTitle(text, 'markdown', 'runbooks/payments/payment-failure.md')).toBe(title)
  })

  it.each([
    ['title: "Scale \\"web\\""\n', 'Scale "web"'],
    ["name: 'it''s'  # why", "it's"],
    ['name: scale web # why', 'scale web'],
    ['title: |\n  long\nname: short', 'short'],
    ['steps:\n  - name: inner', 'scale'],
  ])('of the YAML %j is %j', (text, title) => {
    expect(runbookTitle(text, 'yaml', 'runbooks/scale.yaml')).toBe(title)
  })

  it('is one line of bounded length', () => {
    const title = runbookTitle(`# ${'a'.repeat(5_000)}`, 'markdown', 'x.md')
    expect(title).toHaveLength(MAX_RUNBOOK_TITLE)
  })

  it('is taken from the address where there is no text', () => {
    expect(runbookNameOf('https://wiki.example/runbooks/payments/?x=1#y')).toBe('payments')
    expect(runbookNameOf('https://wiki.example/')).toBe('wiki.example')
    expect(runbookNameOf('.md')).toBe('.md')
  })
})
