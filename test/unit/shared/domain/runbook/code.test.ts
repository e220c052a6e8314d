/* eslint-disable no-template-curly-in-string -- a shell writes its variables so */
import { describe, expect, it } from 'vitest'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Code, Finding } from '#shared/domain/runbook/schema.ts'

/** The code of one step, and what was wrong with it. */
function read(fence: string): {
  readonly code: Code | undefined
  readonly findings: readonly Finding[]
} {
  const { steps, findings } = parseRunbook({ path: 'a.md', text: `## Act\n\nDo it:\n\n${fence}\n` })
  const [step] = steps
  return {
    code: [...(step?.commands ?? []), ...(step?.queries ?? []), ...(step?.copies ?? [])][0],
    findings,
  }
}

const sh = (text: string) => read(`\`\`\`sh\n${text}\n\`\`\``).code
const names = (code: Code | undefined) =>
  code?.placeholders.map(({ name, form }) => `${form} ${name}`)

describe('code', () => {
  it.each([
    ['```sh\nls\n```', 'command', 'sh'],
    ['~~~Console\nls\n~~~', 'command', 'console'],
    ['```promql\nup\n```', 'query', 'promql'],
    ['```\nls\n```', 'copy', null],
    ['    ls', 'copy', null],
    ['```sql\nselect 1\n```', 'copy', 'sql'],
  ])('%j is for: %s', (fence, kind, language) => {
    expect(read(fence).code).toMatchObject({ kind, language })
  })

  it('is no command when there is nothing to run, or when it is a manifest', () => {
    for (const fence of ['```sh\n# TODO\n```', '```bash\napiVersion: v1\nkind: Pod\n```']) {
      const { steps } = parseRunbook({ path: 'a.md', text: `## Act\n\nDo it:\n\n${fence}\n` })
      expect(steps).toEqual([])
    }
  })

  it('is only copied when its fence has no end, and when it is longer than anybody reads', () => {
    expect(read('```sh\nls').code?.kind).toBe('copy')
    expect(read('```sh\nls').findings).toMatchObject([
      { line: 5, message: expect.stringContaining('no end') as string },
    ])
    const { code, findings } = read(`\`\`\`sh\n${'ls\n'.repeat(7_000)}\`\`\``)
    expect([code?.kind, findings.length]).toEqual(['copy', 1])
  })

  it('runs prompted lines alone, and takes the rest for what is printed', () => {
    const code = sh(
      '# first\n$ kubectl get \\\n    pods\nNAME  READY\npod-1 1/1\n\n# then\n$ cat <<EOF\n$ not a prompt\nEOF\n$ wc <<<"$X"\n3',
    )
    expect(code?.run).toBe('kubectl get \\\n    pods\ncat <<EOF\n$ not a prompt\nEOF\nwc <<<"$X"')
    expect(code?.output).toBe('NAME  READY\npod-1 1/1\n\n# then\n3')
  })

  it('leaves comments between prompts out', () => {
    expect(sh('# one\n$ ls\n# two\n$ ps')).toMatchObject({ run: 'ls\nps', output: null })
  })

  it('has attributes', () => {
    const { code } = read(
      '```sh {"name":"pods","risk":"read","timeout":"30s","capture":"POD","expect":"exit=0","when":"cpu > \\"90\\""}\nls\n```',
    )
    expect(code?.attributes).toEqual({
      name: 'pods',
      risk: 'read',
      timeout: 30_000,
      capture: 'POD',
      expect: 'exit=0',
      when: 'cpu > "90"',
      at: null,
      since: null,
    })
  })

  it('says each bad attribute with its line, and keeps the others', () => {
    const { code, findings } = read(
      '```sh {"name":"pods","risk":"none","timeout":30,"capture":"a b","colour":1}\nls\n```',
    )
    expect(code).toMatchObject({
      kind: 'command',
      attributes: { name: 'pods', risk: null, timeout: null },
    })
    expect(findings.map(({ line }) => line)).toEqual([5, 5, 5, 5])
    expect(findings.map(({ message }) => /"(\w+)"/.exec(message)?.[1])).toEqual([
      'risk',
      'timeout',
      'capture',
      'colour',
    ])
    expect(read('```sh {linenos=table}\nls\n```')).toMatchObject({
      code: { kind: 'command', attributes: { risk: null } },
      findings: [{ line: 5, message: expect.stringContaining('not valid JSON') as string }],
    })
    expect(read('```sh {"__proto__":{"risk":"read"}}\nls\n```').code?.attributes.risk).toBeNull()
  })
})

describe('placeholders', () => {
  it.each([
    ['kubectl -n <namespace> logs <pod name>', ['angle namespace', 'angle pod name']],
    ['sort <input.txt >output; cat <<EOF\n<body>\nEOF', ['angle body']],
    ['a <$FILE; diff <(ls) <(ps)', ['variable FILE']],
    [
      'echo $A ${B:-b} "$C" \'$D\' \\$E $1 $? $HOME ${A}',
      ['variable A', 'variable B', 'variable C', 'variable A'],
    ],
    ['A=1; export B=2; for c in x; do echo $A $B $c; done; read D; echo $D', []],
    ["awk '{print $NF}' | jq '{name}' | curl -w '%{http_code}' ${X#a}", ['variable X']],
    [
      'scale --replicas={current_replicas + 1} {namespace}',
      ['brace current_replicas', 'brace namespace'],
    ],
    [
      'echo {{ $labels.pod }} {{$value | humanize}} {{ .Labels.job }} {{ .metadata.name }}',
      ['template pod', 'template value', 'template job'],
    ],
    ['# <not> $THIS\nls "a # $B"', ['variable B']],
    ['X="$(get -o custom="":.a | awk \'{ print $2 }\')" use $X', []],
    [
      'make A=$A "B=$B; C=$C"; $D; D=1; E=${E:-e}; A=1 F=2 run $F',
      ['variable A', 'variable B', 'variable C', 'variable D', 'variable E'],
    ],
    ["cat <<'EOF'\n$A\nEOF\necho $B", ['variable B']],
  ])('of %j', (text, expected) => {
    const code = sh(text)
    expect(names(code)).toEqual(expected)
    for (const { start, end } of code?.placeholders ?? []) {
      expect(code?.run.slice(start, end)).toMatch(/^(?:<.+>|\{.+\}|\$.+)$/s)
    }
  })

  it('are inputs, filled from a label or by a person', () => {
    const code = sh(
      'NS=\'<value of namespace label from alert>\'\nN=<instance label from alert>\nS="<start, as 02:55>"\nls $NS $N $S',
    )
    expect(
      code?.placeholders.map(({ name, form, label, description }) => [
        name,
        form,
        label,
        description,
      ]),
    ).toEqual([
      ['NS', 'input', 'namespace', 'value of namespace label from alert'],
      ['N', 'input', 'instance', 'instance label from alert'],
      ['S', 'input', null, 'start, as 02:55'],
    ])
    expect(code?.run.slice(code.placeholders[0]?.start, code.placeholders[0]?.end)).toBe(
      '<value of namespace label from alert>',
    )
  })

  it('of a query are labels, and no comparisons', () => {
    const { code } = read(
      '```promql\na{x="<value of job label from alert>",y="{{ $labels.y }}",z="$NS"} <b and c> d[$__interval]\n```',
    )
    expect(code?.placeholders.map(({ name, label }) => [name, label])).toEqual([
      ['job', 'job'],
      ['y', 'y'],
      ['NS', null],
    ])
  })

  it('know the step that sets them', () => {
    const { steps } = parseRunbook({
      path: 'a.md',
      text: '## Act\n\n1. Set\n\n   ```sh\n   export NS=a\n   ```\n2. Ask\n\n   ```sh {"capture":"POD"}\n   get $NS $OTHER\n   ```\n3. Use `$POD`\n',
    })
    const [set, ask, use] = steps
    expect(ask?.commands[0]?.placeholders.map(({ setBy }) => setBy)).toEqual([set?.id, null])
    expect(use?.copies[0]?.placeholders).toMatchObject([{ name: 'POD', setBy: ask?.id }])
  })
})
