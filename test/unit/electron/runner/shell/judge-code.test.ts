import { describe, expect, it } from 'vitest'
import { judgeCode, looksLikeCommand } from '#electron/runner/shell/judge-code.ts'
import { localPrograms } from '#electron/runner/shell/local-programs.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'
import { parser } from './judge.ts'

function codeOf(run: string, info = 'sh'): Code {
  const { steps } = parseRunbook({ path: 'a.md', text: `# A\n\`\`\`${info}\n${run}\n\`\`\`\n` })
  const [step] = steps
  const code = step && [...step.commands, ...step.copies][0]
  if (!code) throw new Error(`There is no code in ${run}.`)
  return code
}

const judged = (run: string, info?: string) => judgeCode(codeOf(run, info), parser)

describe('a code of a runbook', () => {
  it('is judged without knowing what it is filled in with', () => {
    expect(judged('kubectl --namespace <namespace> get pods | jq .items')).toEqual({
      risk: 'read',
      why: ['kubectl get only reads.', 'jq only reads.'],
      copyOnly: null,
      isInvalid: false,
      programs: ['kubectl', 'jq'],
    })
    expect(judged('kubectl scale deployment/<service> --replicas={current + 1}')).toMatchObject({
      risk: 'change',
      copyOnly: null,
    })
    expect(judged('curl https://<host>/health')).toMatchObject({ risk: 'read', copyOnly: null })
  })

  it('may let the failure of every program of a pipeline count', () => {
    expect(
      judged('set -o pipefail\nkubectl --namespace <namespace> get pods | sort'),
    ).toMatchObject({
      risk: 'read',
      copyOnly: null,
    })
  })

  it('takes the word of its author for what nobody knows, and for nothing else', () => {
    expect(judged('our-tool --check', 'sh {"risk":"read"}').risk).toBe('read')
    expect(judged('rm -rf /srv/x', 'sh {"risk":"read"}').risk).toBe('destroy')
  })

  it.each([
    ['vi /etc/hosts', 'vi needs a terminal here.'],
    ['tail -f /var/log/syslog', 'tail does not end by itself here.'],
    ['sh -c "echo <name>"', 'name cannot be put in safely. It stands within quotes, together'],
    ['grep "<a>|<b>" x', 'a cannot be put in safely. It stands within quotes, together'],
    ['echo $DECKWATCH_V1', 'The command uses a name that begins with DECKWATCH_V'],
  ])('%s can only be copied', (run, why) => {
    expect(judged(run)).toMatchObject({ copyOnly: expect.stringContaining(why), isInvalid: false })
  })

  it('may be no shell at all, which is said as such', () => {
    expect(judged('if true; then <pod>')).toMatchObject({
      risk: 'change',
      copyOnly: expect.stringContaining('This is no valid shell command'),
      isInvalid: true,
      programs: [],
    })
    expect(judged('echo "', 'sh {"risk":"read"}')).toMatchObject({ risk: 'read', isInvalid: true })
  })

  it.each(['kubectl describe node <node-name>', 'oc get node $NODE -o yaml'])(
    'takes a node of a cluster for no interpreter: %s',
    (run) => {
      expect(judged(run)).toMatchObject({ risk: 'read', copyOnly: null })
    },
  )

  it.each(['foo node $SCRIPT', 'kubectl run x --image y -- node $SCRIPT'])(
    'still takes the interpreter for one: %s',
    (run) => {
      expect(judged(run).copyOnly).toContain('cannot be put in safely')
    },
  )

  it('knows that --output is not --output-dir', () => {
    expect(judged('curl --output /dev/null https://a.example').risk).toBe('read')
    expect(judged('curl --output=/dev/null https://a.example').risk).toBe('read')
    expect(judged('curl --output page https://a.example').risk).toBe('change')
    expect(judged('curl --output-dir /tmp -O https://a.example').risk).toBe('change')
  })
})

describe('what looks like a command', () => {
  it.each([
    ['kubectl get pods', true],
    ['/usr/bin/curl https://a.example', true],
    ['psql -c "select 1"', true],
    ['NAME   READY   STATUS', false],
    ['{"a": 1', false],
    ['our-tool --check', false],
    ['$CMD x', false],
  ])('%j: %s', (run, isOne) => {
    expect(looksLikeCommand(codeOf(run, ''), parser)).toBe(isOne)
  })
})

describe('the programs of this machine that a text starts', () => {
  it.each<readonly [string, readonly string[]]>([
    ['cd /srv && ls | sort; ls', ['ls', 'sort']],
    ['sudo -u postgres timeout 5 psql -c "select 1"', ['sudo', 'timeout', 'psql']],
    ['env A=1 B=2 make', ['env', 'make']],
    ['env A=1', ['env']],
    ['sudo --odd-option x', ['sudo']],
    ['ssh host df -h', ['ssh']],
    ['kubectl exec p -- df -h', ['kubectl']],
    ['./deploy.sh && /opt/x/run', []],
    ['$TOOL x', []],
    ['f() { jq .; }; f < x', ['jq']],
    ['if [ -f x ]; then echo $(date); fi', ['date']],
    ['A=1', []],
  ])('%s', (text, programs) => {
    const parsed = parser(text)
    if (!parsed.ok) throw new Error(parsed.error.message)
    expect(localPrograms(parsed.value)).toEqual(programs)
  })
})
