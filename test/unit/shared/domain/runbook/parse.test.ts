import { describe, expect, it } from 'vitest'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Runbook } from '#shared/domain/runbook/schema.ts'

const read = (text: string, path = 'page.md') => parseRunbook({ path, text })
const outline = ({ steps }: Runbook) => steps.map(({ phase, title }) => `${phase ?? '-'}: ${title}`)

describe('phases', () => {
  it('come from headings, and go on below them', () => {
    const { sections } = read(
      [
        '# Payments fail',
        ...[
          '## Overview',
          '## Symptoms',
          '## First response',
          '### Fix the cable',
          '## 3. Resolution',
        ],
        ...['### Rollback', '### Escalation', '## Communication', '## Post-incident', '## Related'],
      ].join('\n\n'),
    )
    expect(sections.map(({ title, phase }) => [title, phase])).toEqual([
      ['Payments fail', null],
      ['Overview', 'context'],
      ['Symptoms', 'context'],
      ['First response', 'diagnose'],
      ['Fix the cable', 'diagnose'],
      ['3. Resolution', 'act'],
      ['Rollback', 'act'],
      ['Escalation', 'escalate'],
      ['Communication', 'tell'],
      ['Post-incident', 'after'],
      ['Related', null],
    ])
  })

  it('have anchors that links can name', () => {
    const { sections } = read('# A & B\n\n## Back\n\n## Back\n\n## Own {#mine}\n')
    expect(sections.map(({ id }) => id)).toEqual(['a--b', 'back', 'back-1', 'mine'])
  })
})

describe('steps', () => {
  it('are ordered items before bullets, and bullets before paragraphs', () => {
    expect(outline(read('## Diagnosis\n\n1. One\n   - inner\n2. Two\n\n- aside\n'))).toEqual([
      'diagnose: One',
      'diagnose: Two',
    ])
    expect(outline(read('## Diagnosis\n\nText.\n\n- One\n- Two\n'))).toEqual([
      'diagnose: One',
      'diagnose: Two',
    ])
    expect(outline(read('## Diagnosis\n\nLook here:\n\n```sh\nls\n```\n\nText.\n'))).toEqual([
      'diagnose: Look here',
    ])
  })

  it('are numbered headings with all that stands below them', () => {
    const runbook = read(
      '## Act\n\n### Step 1: Drain\n\nText.\n\n#### How\n\n- a\n\n### 2. Restart\n\n```sh\nls\n```\n',
    )
    expect(outline(runbook)).toEqual(['-: Drain', '-: Restart'])
    expect(runbook.steps.map(({ commands }) => commands.length)).toEqual([0, 1])
  })

  it('go on behind code that stands outside of its item', () => {
    const runbook = read(
      '## Diagnosis\n\n1. One:\n\n```sh\nls\n```\n\nAs above.\n\n2. Two:\n\n```sh\nps\n```\n',
    )
    expect(outline(runbook)).toEqual(['diagnose: One', 'diagnose: Two'])
    expect(runbook.steps.map(({ commands }) => commands.map(({ run }) => run))).toEqual([
      ['ls'],
      ['ps'],
    ])
  })

  it('leave out what tells, lists examples or is further reading', () => {
    const text = [
      '## Symptoms\n\n- Customers see errors.',
      '## Mitigation\n\nStores that do it by themselves, such as:\n\n- cassandra\n- kafka',
      'See:\n\n- [Docs](https://a.example)\n- [More](https://b.example)',
      '## Escalation\n\nCall the lead if:\n\n- it lasts\n- it spreads',
    ].join('\n\n')
    expect(outline(read(text))).toEqual([])
  })

  it('are bullets where no heading says more', () => {
    expect(outline(read('# Notes\n\n- Restart it\n- Look again\n'))).toEqual([
      '-: Restart it',
      '-: Look again',
    ])
  })

  it('have titles of one line of plain text', () => {
    const long = `${'very '.repeat(40)}long`
    const runbook = read(
      `## Act\n\n1. **Free** \`<pod>\`, e.g. the\n   [first](x): now. Then wait.\n2. ${long}\n3. Ask <namespace> owners<!-- x -->\n`,
    )
    const [first, second, third] = runbook.steps.map(({ title }) => title)
    expect(first).toBe('Free <pod>, e.g. the first: now')
    expect(second).toMatch(/^very .* very…$/)
    expect(second?.length).toBeLessThanOrEqual(120)
    expect(third).toBe('Ask <namespace> owners')
  })

  it('have blocks that stand by themselves', () => {
    const { steps, blocks } = read(
      '## Act\n\n1. One\n\n   ```sh\n   ls\n     -l\n   ```\n\n   More\n   words\n2. Two\n',
    )
    const [one] = steps
    expect(
      blocks.slice(one?.from, one?.until).map(({ kind, content }) => [kind, content.trimEnd()]),
    ).toEqual([
      ['prose', 'One'],
      ['code', '```sh\nls\n  -l\n```'],
      ['prose', 'More\nwords'],
    ])
  })

  it('keep their ids when the page changes elsewhere', () => {
    const before = read('# T\n\n## Diagnosis\n\n1. One\n2. Two\n\n## Act\n\n1. Two\n2. Two\n').steps
    const after = read(
      '# T\n\nNew words.\n\n## Diagnosis\n\n1. New\n2. One now\n3. Two\n\n## Act\n\n1. Two\n2. Two\n',
    ).steps
    expect(after.slice(2).map(({ id }) => id)).toEqual(before.slice(1).map(({ id }) => id))
    expect(new Set(before.map(({ id }) => id)).size).toBe(4)
    expect(before[3]?.id).toBe(`${before[2]?.id ?? ''}-2`)
  })

  it('know their links, checks and templates, and show foreign templates as text', () => {
    const { steps } = read(
      '## Fixed when\n\n- [ ] {{ $labels.instance }} answers, see [board][b] and <https://c.example>\n- [x] <%= name %> {{< ref "a" >}}\n\n[b]: https://b.example\n',
    )
    expect(steps[0]).toMatchObject({
      checks: [
        { text: '{{ $labels.instance }} answers, see board and https://c.example', checked: false },
      ],
      links: [{ text: 'board', url: 'https://b.example' }, { url: 'https://c.example' }],
      mentions: [{ name: 'instance', label: 'instance', form: 'template' }],
    })
    expect(steps[1]).toMatchObject({ checks: [{ checked: true }], mentions: [] })
    expect(steps[1]?.title).toContain('<%= name %>')
  })
})

describe('decisions', () => {
  it.each([
    ['If it is new: undo it. Otherwise wait.', ['it is new', 'undo it', 'wait']],
    [
      'If A or B fails, then restart it; otherwise, call the owner.',
      ['A or B fails', 'restart it', 'call the owner'],
    ],
    [
      'If it is full, clear it. Else, look at the log.',
      ['it is full', 'clear it', 'look at the log'],
    ],
  ])('are read from %s', (text, [condition, yes, no]) => {
    expect(read(`## Act\n\n1. ${text}\n`).steps[0]?.decisions).toMatchObject([
      { condition, yes, no },
    ])
  })

  it('may be two items', () => {
    const { steps } = read(
      '## Act\n\n1. Look\n   - If it is full, clear it.\n   - Otherwise, wait.\n',
    )
    expect(steps[0]?.decisions).toMatchObject([
      { condition: 'it is full', yes: 'clear it', no: 'wait' },
    ])
  })

  it.each([
    'If it is full, clear it.',
    'Otherwise wait.',
    'Use a, otherwise b.',
    'Do it. If not, wait.',
  ])('are not made up of %s', (text) => {
    expect(read(`## Act\n\n1. ${text}\n`).steps[0]?.decisions).toEqual([])
  })
})

describe('what a page says of itself', () => {
  it('is in its front matter', () => {
    const runbook = read(
      '---\nalerts: [A1, B2]\nowner: team:payments\nverified: 2026-10-08\nvars:\n  NS: payments\n  POD:\nestimate: 15m\n---\n# T\n',
    )
    expect(runbook).toMatchObject({
      title: 'T',
      alerts: ['A1', 'B2'],
      owner: 'team:payments',
      verified: '2026-10-08',
      vars: [
        { name: 'NS', value: 'payments' },
        { name: 'POD', value: null },
      ],
      estimate: 900_000,
      findings: [],
    })
  })

  it('may be in its overview', () => {
    const { estimate, verified } = read(
      '# T\n\n- **Expected duration:** 30 to 60 minutes, or so\n- **Last tested:** 2026-10-08, by day\n',
    )
    expect([estimate, verified]).toEqual([3_600_000, '2026-10-08'])
  })

  it('is a finding where it cannot be read, each by itself', () => {
    expect(read('---\nowner: [a]\nalerts: A1\n---\n')).toMatchObject({
      alerts: ['A1'],
      owner: null,
      findings: [{ line: 2, message: 'Front matter: owner is not a text.' }],
    })
    expect(read('---\na: [\n---\n# T\n').findings).toEqual([
      {
        line: expect.any(Number) as number,
        message: 'The front matter is not valid YAML and is not used.',
      },
    ])
  })

  it('is the name of its alert, by heading or by file', () => {
    expect(read('# KubePodCrashLooping\n', 'a/KubePodCrashLooping.md').alerts).toEqual([
      'KubePodCrashLooping',
    ])
    expect(read('# Kube pods\n', 'a/KubePodCrashLooping.md').alerts).toEqual([
      'KubePodCrashLooping',
    ])
    expect(read('# Disk is full\n', 'disk.md').alerts).toEqual([])
  })
})

describe('a file of several alerts', () => {
  const text = [
    '# Our alerts\n\nFor all of them:\n\n```sh\nls\n```',
    '## DiskFull\n\n### Diagnosis\n\n1. Look',
    '## Alert name: "disk_slow"\n\n### Meaning\n\n- Slow.\n\n### Mitigation\n\n1. Wait',
  ].join('\n\n')

  it('has a runbook for each', () => {
    const runbook = read(text)
    expect(runbook.parts.map(({ alert }) => alert)).toEqual(['DiskFull', 'disk_slow'])
    expect(runbook.alerts).toEqual(['DiskFull', 'disk_slow'])
    expect(runbook.steps.map(({ part, phase, title }) => [part, phase, title])).toEqual([
      [null, null, 'For all of them'],
      ['diskfull', 'diagnose', 'Look'],
      ['alert-name-disk_slow', 'act', 'Wait'],
    ])
  })

  it('is none where one heading has the name of an alert', () => {
    expect(read('# Title\n\n## DiskFull\n\n1. Look\n').parts).toEqual([])
  })
})
