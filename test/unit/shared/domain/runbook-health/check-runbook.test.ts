import { describe, expect, it } from 'vitest'
import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Runbook } from '#shared/domain/runbook/schema.ts'
import { checkRunbook } from '#shared/domain/runbook-health/check-runbook.ts'
import {
  MAX_FINDINGS,
  USUAL_VERIFIED_AGE_MS,
  type CodeJudgement,
  type RunbookFacts,
} from '#shared/domain/runbook-health/schema.ts'

const now = Date.UTC(2026, 10, 30)
const facts: RunbookFacts = {
  answers: new Map(),
  judgements: new Map(),
  missingPrograms: new Set(),
  plans: [],
  maxVerifiedAgeMs: USUAL_VERIFIED_AGE_MS,
  now,
}

const WHOLE = `---
verified: 2026-10-08
---
# Disk full
## Diagnosis
1. Look.
## Resolution
1. Make room.
## Fixed when
- [ ] More than 20 % is free
## Escalation
- Team platform
`

function health(text: string, over: Partial<RunbookFacts> = {}, path = 'nodes/disk.md') {
  return checkRunbook(parseRunbook({ path, text }), { ...facts, ...over }, 'disk.md')
}

/** `12 runbook-dead-link`, of every finding. */
const found = (of: ReturnType<typeof health>) =>
  of.findings.map(({ code, place }) => `${String(place?.line)} ${code}`)

const messages = (of: ReturnType<typeof health>) => of.findings.map(({ message }) => message)

/** Judges every command of a runbook the same. */
function judged(runbook: Runbook, judgement: Partial<CodeJudgement>) {
  const whole = { risk: 'read', why: [], copyOnly: null, isInvalid: false, programs: [] } as const
  const codes = runbook.steps.flatMap(({ commands, copies }) => [...commands, ...copies])
  return new Map(codes.map(({ start }) => [start, { ...whole, ...judgement }]))
}

function judgedHealth(text: string, judgement: Partial<CodeJudgement>, missing: string[] = []) {
  const runbook = parseRunbook({ path: 'a.md', text })
  return checkRunbook(
    runbook,
    { ...facts, judgements: judged(runbook, judgement), missingPrograms: new Set(missing) },
    'a.md',
  )
}

describe('what a runbook has', () => {
  it('is said of one that has everything, without a finding', () => {
    expect(health(WHOLE)).toEqual({
      path: 'runbooks/nodes/disk.md',
      title: 'Disk full',
      steps: 4,
      codes: 0,
      copyOnly: 0,
      verifiedAt: Date.UTC(2026, 9, 8),
      hasResolution: true,
      hasEscalation: true,
      links: { all: 0, dead: 0, unchecked: 0 },
      findings: [],
      more: 0,
    })
  })

  it('lacks all of it where it only tells', () => {
    expect(found(health('# Disk full\nA disk is full.\n'))).toEqual([
      '1 runbook-no-steps',
      '1 runbook-no-resolution',
      '1 runbook-no-escalation',
      '1 runbook-never-verified',
      '1 runbook-no-end',
    ])
  })

  it('may stand in a plan that leads to it', () => {
    const text = WHOLE.replace(/## Fixed when[\s\S]*/, '')
    expect(found(health(text))).toEqual(['1 runbook-no-escalation', '1 runbook-no-end'])
    const criterion = { kind: 'person', id: 'a', text: 'It is over' } as const
    const plans = [
      { escalation: null, fixedWhen: [] },
      { escalation: 'platform', fixedWhen: [criterion] },
    ]
    expect(found(health(text, { plans }))).toEqual([])
    expect(found(health(text, { plans: plans.slice(0, 1) }))).toHaveLength(2)
  })

  it('is not asked of the page of a folder, unless it has commands', () => {
    expect(found(health('# All runbooks\n- [Disk](disk.md)\n', {}, 'nodes/README.md'))).toEqual([])
    const withCommand = '# All\n```sh\nls\n```\n'
    expect(found(health(withCommand, {}, '_index.md'))).toContain('1 runbook-never-verified')
  })

  it('is its steps where it is YAML', () => {
    const yaml = 'title: A\nautomated_steps:\n  - name: Look\n    command: ls\n'
    const of = health(yaml, {}, 'a.yaml')
    expect(found(of)).toEqual(['1 runbook-never-verified'])
    expect(of.hasResolution).toBe(true)
  })

  it('counts for each of several alerts', () => {
    const text = `${WHOLE.replace('# Disk full\n', '')}
## KubePodCrashLooping
1. Look at the pod.
## KubeNodeNotReady
Nothing is known yet.
## KubeletDown
Nor here.
`
    const whole = health(text.replace(/## Diagnosis[\s\S]*?(?=## Kube)/, ''))
    expect(messages(whole)).toContain(
      'Of its 3 alerts 2 have no steps: KubeNodeNotReady, KubeletDown',
    )
    // Steps for all alerts are steps of each.
    expect(found(health(text))).not.toContain('runbook-no-steps')
  })

  it('names at most five alerts without steps', () => {
    const names = Array.from({ length: 8 }, (_, index) => `KubeThing${'ABCDEFGH'[index] ?? ''}x`)
    const text = names.map((name) => `## ${name}\n${name.endsWith('Ax') ? '1. Look.' : 'No.'}\n`)
    expect(messages(health(text.join('\n'))).join('\n')).toContain(
      'Of its 8 alerts 7 have no steps: KubeThingBx, KubeThingCx, KubeThingDx, KubeThingEx, KubeThingFx and 2 more',
    )
  })

  it('is a finding where it could not be read', () => {
    const text = WHOLE.replace('1. Look.', '1. Look.\n\n   ```sh {"rsk":"read"}\n   ls\n   ```')
    expect(health(text).findings).toMatchObject([
      { code: 'runbook-unread', severity: 'warning', place: { file: 'disk.md', line: 8 } },
    ])
  })
})

describe('the verification of a runbook', () => {
  const verified = (date: string) => health(WHOLE.replace('2026-10-08', date))

  it('may be so old and no older', () => {
    expect(found(verified('2026-06-03'))).toEqual([])
    const old = verified('2026-06-02')
    expect([found(old), messages(old)]).toEqual([
      ['1 runbook-not-verified-lately'],
      ['It was last verified 181 days ago, which is longer than 180d'],
    ])
    const lately = { maxVerifiedAgeMs: 86_400_000 }
    expect(found(health(WHOLE, lately))).toEqual(['1 runbook-not-verified-lately'])
  })

  it('is none where it is no day, or one that is still to come', () => {
    expect(messages(verified('soon'))).toEqual(['When it was last verified is no date: "soon"'])
    expect(messages(verified('2027-01-01'))).toEqual([
      'It was last verified on a day that is still to come: "2027-01-01"',
    ])
    // Who is ahead of UTC has tomorrow already.
    expect(found(verified('2026-12-01'))).toEqual([])
  })
})

describe('the links of a runbook', () => {
  const text = `${WHOLE}
See [one](gone.md), [two](old.md), [three][ref] and [four](https://wiki.example/x).

[ref]: near.md
`
  const answers = new Map<string, LinkAnswer>([
    ['gone.md', { status: 'missing', why: 'there is no such page', hint: 'Did you mean go.md?' }],
    ['old.md', { status: 'moved', to: 'new.md' }],
    ['near.md', { status: 'found' }],
    ['https://wiki.example/x', { status: 'unchecked', why: 'its address is mapped to no folder' }],
  ])

  it('are counted, and those that lead to nothing are errors at their line', () => {
    const of = health(text, { answers })
    expect(of.links).toEqual({ all: 4, dead: 1, unchecked: 1 })
    expect(of.findings).toMatchObject([
      {
        code: 'runbook-dead-link',
        severity: 'error',
        place: { line: 14 },
        message: 'The link "gone.md" is dead: there is no such page',
        remedy: 'Did you mean go.md?',
      },
      { code: 'runbook-moved-link', severity: 'note', place: { line: 14 } },
    ])
  })

  it('are unchecked where nobody looked, and have no hint where there is none', () => {
    expect(health(text).links).toEqual({ all: 4, dead: 0, unchecked: 4 })
    const bare: LinkAnswer = { status: 'missing', why: 'there is no such page', hint: null }
    expect(health(text, { answers: new Map([['gone.md', bare]]) }).findings[0]?.remedy).toBe(
      'Write the page, or correct the link.',
    )
  })
})

describe('templates', () => {
  const templates = (line: string) =>
    found(health(`${WHOLE}\n${line}\n`)).filter((each) => each.endsWith('runbook-template'))

  it.each([
    '{{ $labels.xyz',
    '{{ $label.pod }}',
    '{{ $lables.pod }}',
    '{{ labels.pod }}',
    '{{ .labels.pod }}',
    '{{ .Lables.pod }}',
    '{{ $labels }}',
    '{{ $Labels.pod }}',
    '{{ $vaule }}',
    '{{ $Value }}',
    '{{ alert.labels.pod }}',
    '{{- $label.pod -}}',
    '{{ $value ',
  ])('are misspelt: %s', (template) => {
    expect(templates(`It is ${template}`)).toEqual(['14 runbook-template'])
  })

  it.each([
    '{{ $labels.pod }}',
    '{{$labels.pod}}',
    '{{ .Labels.pod }}',
    '{{ .CommonLabels.pod }}',
    '{{ $labels "a.b" }}',
    '{{ index $labels "a.b" }}',
    '{{ $value | humanize }}',
    '{{ .Value }}',
    '{{ $externalLabels.cluster }}',
    '{{ with $labels.pod }}x{{ end }}',
    '{{ .Values.image }}',
    '{{range .items}}{{.metadata.labels.app}}{{end}}',
    '{{< ref "x.md" >}}',
    '{{ inventory_hostname }}',
    'a {{ b',
    '{{ .Names }}',
  ])('are right, or somebody else’s: %s', (template) => {
    expect(templates(`It is ${template}`)).toEqual([])
  })

  it('are said at their own lines', () => {
    expect(templates('a\n\n{{ $label.a }}\n\n{{ $label.b }}')).toEqual([
      '16 runbook-template',
      '18 runbook-template',
    ])
  })
})

describe('what a person is asked for', () => {
  const fence = (code: string) =>
    `${WHOLE}\n## Diagnosis again\n1. Do\n\n   \`\`\`sh\n   ${code}\n   \`\`\`\n`
  const asked = (text: string) =>
    health(text)
      .findings.filter(({ code }) => code === 'runbook-asks')
      .map(({ place, message, severity }) => `${severity} ${String(place?.line)}: ${message}`)

  it('is what neither the alert, nor the runbook, nor an earlier step has', () => {
    expect(asked(fence('scale <replicas> <namespace> {pod_name} $INCIDENT_ID'))).toEqual([
      'note 18: A person is asked for replicas, unless the alert has a label of that name',
    ])
    expect(asked(fence("SIZE='<new size>'; resize $SIZE $SIZE"))).toEqual([
      'note 18: A person is asked for SIZE: "new size"',
    ])
    expect(
      asked(fence(String.raw`a $\{SIZE:-3} {{ $value }} {{ $labels.anything }}`.replace('\\', ''))),
    ).toEqual([])
    expect(asked(fence('ID=$(id -u); show $ID'))).toEqual([])
  })

  it('is not what the front matter gives, and is what it only names', () => {
    const vars = (yaml: string) =>
      fence('scale <replicas>').replace('verified:', `vars: ${yaml}\nverified:`)
    expect(asked(vars('{ replicas: 3 }'))).toEqual([])
    expect(asked(vars('[replicas]'))).toHaveLength(1)
  })

  it('is said once, at the line of its first place', () => {
    const text = `${fence('one\n   two <replicas>')}\n2. Again\n\n   \`\`\`sh\n   three <replicas>\n   \`\`\`\n`
    expect(asked(text)).toEqual([
      'note 19: A person is asked for replicas, unless the alert has a label of that name',
    ])
  })

  it('is said at the line of the code where that shows prompts, or is YAML', () => {
    expect(asked(fence('$ scale <replicas>\n   scaled'))).toEqual([
      'note 17: A person is asked for replicas, unless the alert has a label of that name',
    ])
    const yaml = 'automated_steps:\n  - name: A\n    command: scale <replicas>\n'
    const of = health(yaml, {}, 'a.yaml').findings.find(({ code }) => code === 'runbook-asks')
    expect(of?.place?.line).toBe(3)
  })
})

describe('the codes of a runbook', () => {
  const fence = (code: string, info = 'sh') =>
    `${WHOLE}\n## Diagnosis again\n1. Do\n\n   \`\`\`${info}\n   ${code}\n   \`\`\`\n`

  it('are counted with their queries, and with those that can only be copied', () => {
    const text = `${fence('ls')}\n2. And\n\n   \`\`\`promql\n   up\n   \`\`\`\n`
    const of = judgedHealth(text, { copyOnly: 'vi needs a terminal.' })
    expect([of.codes, of.copyOnly]).toEqual([2, 1])
  })

  it('say why they can only be copied, by their name or by their first command', () => {
    const why = { copyOnly: 'vi needs a terminal here.' }
    const remedy = 'Nothing has to be done; rewritten, it could be run from Deckwatch.'
    expect(judgedHealth(fence("A='x'\n   # why\n   vi $A"), why).findings).toMatchObject([
      {
        code: 'runbook-copy-only',
        severity: 'note',
        place: { line: 17 },
        message: '"vi $A" can only be copied: vi needs a terminal here',
        remedy,
      },
    ])
    expect(messages(judgedHealth(fence('vi', 'sh {"name":"edit"}'), why))).toEqual([
      '"edit" can only be copied: vi needs a terminal here',
    ])
    expect(messages(judgedHealth(fence("A='x'"), why))[0]).toContain(`"A='x'"`)
  })

  it('are quoted in part where they are long', () => {
    const of = judgedHealth(fence(`echo ${'x'.repeat(200)}`), { copyOnly: 'no.' })
    expect(messages(of)[0]).toMatch(/^"echo x{74}…" can only/)
  })

  it('may be no command of a shell', () => {
    const of = judgedHealth(fence('if then'), {
      copyOnly: 'This is no valid shell.',
      isInvalid: true,
    })
    expect(of.findings).toMatchObject([
      { code: 'runbook-invalid-command', severity: 'warning', place: { line: 17 } },
    ])
  })

  it('may do more than their author says', () => {
    const worse = { risk: 'destroy', why: ['What rm does cannot be undone.'] } as const
    const of = judgedHealth(fence('rm x', 'sh {"risk":"read"}'), worse)
    expect(of.findings).toMatchObject([
      {
        code: 'runbook-risk',
        message:
          'Its author says that "rm x" only reads, but it can destroy something. What rm does cannot be undone',
      },
    ])
    expect(found(judgedHealth(fence('rm x', 'sh {"risk":"destroy"}'), worse))).toEqual([])
    expect(found(judgedHealth(fence('rm x'), worse))).toEqual([])
    const noReason = judgedHealth(fence('rm x', 'sh {"risk":"read"}'), { risk: 'change' })
    expect(messages(noReason)).toEqual([
      'Its author says that "rm x" only reads, but it can change something',
    ])
  })

  it('may start what this machine does not have', () => {
    const programs = ['kubectl', 'jq']
    expect(messages(judgedHealth(fence('kubectl | jq'), { programs }, ['jq', 'vi']))).toEqual([
      'The program jq is not on this machine',
    ])
  })

  it('may expect what nobody understands, and apply when nobody can tell', () => {
    const info = (attributes: object) => `sh ${JSON.stringify(attributes)}`
    expect(found(health(fence('ls', info({ expect: 'all is well' }))))).toEqual([
      '17 runbook-expect',
    ])
    expect(found(health(fence('ls', info({ when: 'the disk is full' }))))).toEqual([
      '17 runbook-condition',
    ])
    expect(found(health(fence('ls', info({ expect: 'exit=0', when: 'cpu > 90' }))))).toEqual([])
  })

  it('are told apart by their names', () => {
    const text = `${fence('ls', 'sh {"name":"a"}')}\n2. And\n\n   \`\`\`sh {"name":"a"}\n   pwd\n   \`\`\`\n`
    expect(health(text).findings).toMatchObject([
      {
        code: 'runbook-same-name',
        place: { line: 23 },
        message: 'The name "a" is already taken in line 17',
      },
    ])
  })

  it('may be fenced without a word that they are for a shell', () => {
    const of = judgedHealth(fence('kubectl get pods', ''), {})
    expect(messages(of)).toEqual([
      '"kubectl get pods" can only be copied: its fence does not say that it is for a shell',
    ])
    // What nobody took for a command is none.
    expect(found(health(fence('some output', '')))).toEqual([])
    expect(found(judgedHealth(`${WHOLE}\nUse \`ls\`.\n`, {}))).toEqual([])
  })
})

it('lists the worst first, and counts what is too much', () => {
  const many = Array.from({ length: MAX_FINDINGS + 20 }, () => '{{ $label.a }}').join('\n')
  const of = health(`# A\n${many}\n`)
  expect(of.findings).toHaveLength(MAX_FINDINGS)
  expect(of.findings.every(({ severity }) => severity === 'error')).toBe(true)
  expect(of.more).toBe(25)
})

it('looks at queries as at commands', () => {
  const text = `${WHOLE}\n\`\`\`promql\nup{pod="<thing>"}\n\`\`\`\n`
  const runbook = parseRunbook({ path: 'a.md', text })
  expect(runbook.steps.flatMap(codesOf)).toHaveLength(1)
  expect(messages(health(text))).toEqual([
    'A person is asked for thing, unless the alert has a label of that name',
  ])
})
