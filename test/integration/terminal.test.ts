import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutputStore } from '#electron/runner/output-store.ts'
import type { ExecutionBody } from '#shared/domain/execution/events.ts'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { readJournal } from '#test/fixtures/read-journal.ts'
import { startTerminalProgram } from '#test/fixtures/terminal.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import { describeWith } from '#test/setup/requirements.ts'

type Finished = Extract<ExecutionBody, { type: 'execution.finished' }>
type Requested = Extract<ExecutionBody, { type: 'execution.requested' }>

const alert = (alertname: string) => ({
  labels: { alertname, severity: 'critical', service: alertname },
  annotations: { summary: `${alertname} is wrong` },
  startsAt: new Date(Date.now() - 60_000).toISOString(),
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
})

describeWith(['alertmanager', 'script'], 'commands of a terminal', () => {
  let home: Home
  let alertmanager: Alertmanager
  let deckwatch: DeckwatchProcess

  const bodies = () => readJournal(home.data).map(({ body }) => body)
  const incidents = () =>
    bodies().flatMap((body) => (body.type === 'incident.triggered' ? [body.incidentId] : []))
  const finished = () =>
    bodies().filter((body): body is Finished => body.type === 'execution.finished')
  const requested = () =>
    bodies().filter((body): body is Requested => body.type === 'execution.requested')
  const ofCommand = (shown: string) => {
    const request = requested().find((body) => body.shown === shown)
    const result = finished().find((body) => body.executionId === request?.executionId)
    return request && result ? { request, result } : undefined
  }
  const recorded = async (shown: string) => {
    await expect.poll(() => ofCommand(shown)).toBeDefined()
    const found = ofCommand(shown)
    if (!found) throw new Error(`${shown} is not recorded`)
    return found
  }
  const outputs = () =>
    createOutputStore(join(home.data, 'runs', 'outputs'), { warn: () => undefined })
  const outputOf = async (executionId: string) =>
    (await outputs().read(executionId, { offset: 0, limit: 65_536 }))?.text
  const run = (
    command: readonly string[],
    more: Partial<Parameters<typeof startTerminalProgram>[0]> = {},
  ) =>
    startTerminalProgram({
      ...more,
      args: ['run', '--data', home.data, ...(more.args ?? []), '--', ...command],
    })
  const kept = () => readdirSync(join(home.data, 'terminal', 'runs'))

  beforeAll(async () => {
    alertmanager = await startAlertmanager()
    home = makeHome()
    home.configure(`me: ada
notifications: { desktop: false }
sources:
  - { type: alertmanager, name: am, url: "${alertmanager.url}", interval: 1s }
`)
    deckwatch = await startDeckwatch(home)
  })
  afterAll(async () => {
    await deckwatch.stop()
    await alertmanager.stop()
    home.remove()
  })

  it('are refused before they run where no incident is meant', async () => {
    for (const args of [[], ['--incident', 'nowhere']]) {
      const program = run(['sh', '-c', 'echo ran'], { args })
      expect(await program.ended).toEqual({ code: 125, signal: null })
      expect(program.stdout().toString()).toBe('')
      expect(program.stderr()).toMatch(
        /^deckwatch: (No incident is open|There is no incident "nowhere")/,
      )
    }
  })

  it('are recorded with the only open incident: the line, its exit code and what it printed', async () => {
    await alertmanager.postAlerts([alert('DiskFull')])
    await expect.poll(incidents).toHaveLength(1)
    const script = 'cat; echo to the side >&2; exit 3'
    const program = run(['sh', '-c', script], { input: 'handed in\n' })
    expect(await program.ended).toEqual({ code: 3, signal: null })
    expect(program.stdout().toString()).toBe('handed in\n')
    expect(program.stderr()).toBe('deckwatch: Recorded for “DiskFull is wrong”.\nto the side\n')
    const { request, result } = await recorded(`sh -c '${script}'`)
    expect(request).toMatchObject({ incidentId: incidents()[0], reason: 'terminal', runbook: null })
    expect(request.targets).toContainEqual({ kind: 'folder', value: process.cwd() })
    expect(result).toMatchObject({
      outcome: { kind: 'exited', code: 3 },
      summary: expect.stringMatching(/handed in|to the side/) as string,
    })
    expect((await outputOf(request.executionId))?.split('\n').toSorted()).toEqual([
      '',
      'handed in',
      'to the side',
    ])
    const event = readJournal(home.data).findLast(({ body }) => body.type === 'execution.finished')
    expect(event?.actor).toMatchObject({ id: 'me', name: 'ada', via: 'terminal' })
    expect(kept()).toEqual([])
  })

  it('keep secrets out of the record, and change nothing of what is shown', async () => {
    const program = run(['sh', '-c', 'echo $GH_TOKEN; echo password=hunter22'], {
      env: { GH_TOKEN: 'very-secret-value' },
    })
    await program.ended
    expect(program.stdout().toString()).toBe('very-secret-value\npassword=hunter22\n')
    const { request } = await recorded("sh -c 'echo $GH_TOKEN; echo password=[masked]'")
    expect(await outputOf(request.executionId)).toBe('[masked]\npassword=[masked]\n')
  })

  it('hand on every byte of a large and binary output, of which the ends are recorded', async () => {
    const script =
      'for (let i = 0; i < 300; i += 1) require("fs").writeSync(1, Buffer.alloc(65536, i))'
    const program = run([process.execPath, '-e', script])
    expect(await program.ended).toEqual({ code: 0, signal: null })
    const expected = createHash('sha256')
    for (let i = 0; i < 300; i += 1) expected.update(Buffer.alloc(65_536, i))
    const received = createHash('sha256').update(program.stdout())
    expect(received.digest('hex')).toBe(expected.digest('hex'))
    await expect.poll(() => finished().at(-1)?.output.isCut).toBe(true)
  })

  it('end by the signal that they are sent, and we with them; who reads no more ends them', async () => {
    const program = run([
      'sh',
      '-c',
      'trap "echo caught; exit 7" TERM; echo ready; while :; do sleep 0.05; done',
    ])
    await expect.poll(() => program.stdout().toString()).toContain('ready')
    program.kill('SIGTERM')
    expect(await program.ended).toEqual({ code: 7, signal: null })
    expect(program.stdout().toString()).toBe('ready\ncaught\n')

    const killed = run(['sh', '-c', 'kill -TERM $$'])
    expect(await killed.ended).toEqual({ code: null, signal: 'SIGTERM' })
    expect(await recorded("sh -c 'kill -TERM $$'")).toMatchObject({
      result: { outcome: { kind: 'signalled', signal: 'SIGTERM' } },
    })

    const piped = startTerminalProgram({
      args: ['run', '--data', home.data, '--', 'sh', '-c', 'yes | head -n 1; seq 3'],
    })
    expect(await piped.ended).toEqual({ code: 0, signal: null })
    expect(piped.stdout().toString()).toBe('y\n1\n2\n3\n')
  })

  it('end when they end, also where something goes on in the background', async () => {
    const script = '{ cat <&3 & } 3<&0; echo begun'
    const program = run(['sh', '-c', script], { isInputOpen: true })
    expect(await program.ended).toEqual({ code: 0, signal: null })
    program.write('\n')
    expect(program.stdout().toString()).toBe('begun\n')
    await recorded(`sh -c '${script}'`)
  })

  it('that cannot be started say so as a shell does', async () => {
    const missing = run(['no-such-program'])
    expect(await missing.ended).toEqual({ code: 127, signal: null })
    expect(missing.stderr()).toContain('no-such-program: command not found')
    expect(await recorded('no-such-program')).toMatchObject({
      result: { outcome: { kind: 'not-started' } },
    })
    expect(await run(['/etc/passwd']).ended).toEqual({ code: 126, signal: null })
  })

  it('have a terminal where the person has one', async () => {
    const script =
      'test -t 0 && test -t 1 && test -t 2 && echo "a terminal"; read line; echo "read $line"; exit 4'
    const program = startTerminalProgram({
      args: ['run', '--data', home.data, '--', 'sh', '-c', script],
      isInTerminal: true,
    })
    await expect.poll(() => program.stdout().toString()).toContain('a terminal')
    program.write('typed\n')
    expect(await program.ended).toEqual({ code: 4, signal: null })
    const { request } = await recorded(`sh -c '${script}'`)
    expect(await outputOf(request.executionId)).toMatch(/^a terminal\ntyped\nread typed\n$/)
  })

  it('are asked about where several incidents are open, and refused where nobody can be asked', async () => {
    await alertmanager.postAlerts([alert('DiskSlow')])
    await expect.poll(incidents).toHaveLength(2)
    const refused = run(['echo', 'which'])
    expect(await refused.ended).toEqual({ code: 125, signal: null })
    expect(refused.stderr()).toMatch(/Several incidents are open[^]*DiskFull[^]*DiskSlow/)

    const asked = startTerminalProgram({
      args: ['run', '--data', home.data, '--', 'echo', 'chosen'],
      isInTerminal: true,
    })
    await expect.poll(() => asked.stdout().toString()).toContain('1 to 2:')
    asked.write('2\n')
    expect(await asked.ended).toEqual({ code: 0, signal: null })
    const second = /2 {2}P0 (\w+) is wrong/.exec(asked.stdout().toString())?.[1]
    expect(asked.stdout().toString()).toContain(`Recorded for “${String(second)} is wrong”.`)
    await recorded('echo chosen')
  })

  it('are lost where whoever follows them is killed', async () => {
    const [incident = ''] = incidents()
    const program = run(['sh', '-c', 'read line'], {
      args: ['--incident', incident],
      isInputOpen: true,
    })
    await expect
      .poll(() => requested().some(({ shown }) => shown === "sh -c 'read line'"))
      .toBe(true)
    program.kill('SIGKILL')
    // What it ran goes on, until it is told to end.
    program.write('\n')
    await program.ended
    expect(await recorded("sh -c 'read line'")).toMatchObject({
      result: { outcome: { kind: 'lost' } },
    })
    expect(kept()).toEqual([])
  })

  it('go on while Deckwatch is away, and are recorded when it is back', async () => {
    const [incident = ''] = incidents()
    const long = run(['sh', '-c', 'echo begun; read line; echo ended'], {
      args: ['--incident', incident],
      isInputOpen: true,
    })
    await expect
      .poll(() => requested().some(({ shown }) => shown.includes('echo begun')))
      .toBe(true)
    await deckwatch.stop()
    const named = run(['echo', 'kept'], { args: ['--incident', incident] })
    expect(await named.ended).toEqual({ code: 0, signal: null })
    const unnamed = run(['echo', 'unrecorded'])
    expect(await unnamed.ended).toEqual({ code: 0, signal: null })
    expect(unnamed.stdout().toString()).toBe('unrecorded\n')
    expect(unnamed.stderr()).toContain('Deckwatch is not running, so this is not recorded.')
    const wrong = run(['echo', 'nowhere'], { args: ['--incident', 'nowhere'] })
    expect(await wrong.ended).toEqual({ code: 0, signal: null })
    expect(kept()).toHaveLength(3)

    deckwatch = await startDeckwatch(home)
    const { request } = await recorded('echo kept')
    expect(await outputOf(request.executionId)).toBe('kept\n')
    long.write('go\n')
    expect(await long.ended).toEqual({ code: 0, signal: null })
    expect(await recorded("sh -c 'echo begun; read line; echo ended'")).toMatchObject({
      result: { outcome: { kind: 'exited', code: 0 }, summary: 'ended' },
    })
    expect(long.stderr()).toContain(
      'Not recorded: echo nowhere: There is no such incident any more.',
    )
    expect(requested().some(({ shown }) => shown === 'echo unrecorded')).toBe(false)
    expect(kept()).toEqual([])
  })

  it('reach Deckwatch over a socket that only this account can use, and that hears nothing else', async () => {
    const folder = join(home.data, 'terminal')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'socket')).mode & 0o777).toBe(0o600)
    for (const text of ['nonsense\n', '{"type":"other"}\n', 'x'.repeat(300_000)]) {
      const socket = connect(join(folder, 'socket'))
      const closed = new Promise((resolve) => {
        socket.once('close', resolve)
      })
      socket.on('error', () => undefined)
      socket.write(text)
      await closed
    }
  })

  describe('in a shell that records', () => {
    const folder = () => join(home.data, '..', 'shell-home')
    const session = async (shell: string, lines: readonly string[]) => {
      const [incident = ''] = incidents()
      const program = startTerminalProgram({
        args: ['shell', '--data', home.data, '--incident', incident],
        env: { SHELL: shell, HOME: folder(), TERM: 'dumb', PS1: '> ' },
        isInTerminal: true,
      })
      const prompts = () => program.stdout().toString().split('(deckwatch)').length - 1
      for (const [index, line] of lines.entries()) {
        await expect.poll(prompts).toBeGreaterThan(index)
        program.write(`${line}\n`)
      }
      return { program, ended: await program.ended }
    }

    beforeAll(() => {
      mkdirSync(folder())
      writeFileSync(
        join(folder(), '.bashrc'),
        "HISTCONTROL=ignoreboth\nalias greet='echo hello'\nPROMPT_COMMAND='true'\nPS1='> '\n",
      )
      writeFileSync(join(folder(), '.zshrc'), "alias greet='echo hello'\nPS1='> '\n")
      chmodSync(folder(), 0o700)
    })

    const shells = [
      { name: 'bash', path: '/bin/bash', needs: 'script' },
      { name: 'zsh', path: '/usr/bin/zsh', needs: 'zsh' },
    ] as const
    for (const { name, path, needs } of shells) {
      describeWith(needs, name, () => {
        it('has each command with its folder, its exit code and its own output', async () => {
          const before = requested().length
          const { program, ended } = await session(path, [
            'greet',
            'false',
            'false',
            ' echo hidden',
            'cd /',
            "printf 'a;b\\\\n%s' noeol; (exit 7)",
            'SOME_TOKEN=abcdefgh1234 true',
            `${process.execPath} -e 'process.stdout.write("\\x1b[?1049hdrawn\\x1b[?1049lback\\n")'`,
            'deckwatch() { :; }; echo $DECKWATCH_SHELL',
            'exit 9',
          ])
          expect(ended).toEqual({ code: 9, signal: null })
          expect(program.stdout().toString()).not.toContain('7373')
          await expect.poll(() => requested().length).toBe(before + 8)
          const own = requested().slice(before)
          const results = () =>
            own.map(({ executionId }) =>
              finished().find((each) => each.executionId === executionId),
            )
          await expect.poll(() => results().every(Boolean)).toBe(true)
          expect(own.map(({ shown }) => shown)).toEqual([
            'greet',
            'false',
            'false',
            'cd /',
            "printf 'a;b\\\\n%s' noeol; (exit 7)",
            'SOME_TOKEN=[masked] true',
            `${process.execPath} -e 'process.stdout.write("\\x1b[?1049hdrawn\\x1b[?1049lback\\n")'`,
            'deckwatch() { :; }; echo $DECKWATCH_SHELL',
          ])
          expect(results().map((each) => each?.outcome)).toEqual(
            [0, 1, 1, 0, 7, 0, 0, 0].map((code) => ({ kind: 'exited', code })),
          )
          const places = own.map(
            ({ targets }) => targets.find(({ kind }) => kind === 'folder')?.value,
          )
          expect(places.slice(3, 5)).toEqual([process.cwd(), '/'])
          const printed = await Promise.all(own.map(({ executionId }) => outputOf(executionId)))
          expect(printed).toEqual([
            'hello\n',
            '',
            '',
            '',
            'a;b\\nnoeol',
            '',
            '[full screen]\nback\n',
            `${String(incidents()[0])}\n`,
          ])
          expect(readdirSync(join(home.data, 'terminal', 'shells'))).toEqual([])
        })
      })
    }

    it('is refused where its shell tells nothing, and where there is no terminal', async () => {
      const [incident = ''] = incidents()
      const args = ['shell', '--data', home.data, '--incident', incident]
      const other = startTerminalProgram({ args, env: { SHELL: '/bin/dash' } })
      expect(await other.ended).toEqual({ code: 125, signal: null })
      expect(other.stderr()).toContain('Only bash and zsh can be recorded, not dash.')
      const piped = startTerminalProgram({ args, env: { SHELL: '/bin/bash' } })
      expect(await piped.ended).toEqual({ code: 125, signal: null })
      expect(piped.stderr()).toContain('needs a terminal')
    })

    it('records what is run in it once', async () => {
      const [incident = ''] = incidents()
      const inside = startTerminalProgram({
        args: ['run', '--data', home.data, '--', 'echo', 'within'],
        env: { DECKWATCH_SHELL: incident },
      })
      expect(await inside.ended).toEqual({ code: 0, signal: null })
      expect(inside.stdout().toString()).toBe('within\n')
      const again = startTerminalProgram({
        args: ['shell', '--data', home.data],
        env: { DECKWATCH_SHELL: incident },
      })
      expect(await again.ended).toEqual({ code: 125, signal: null })
      await recorded('echo kept')
      expect(requested().some(({ shown }) => shown === 'echo within')).toBe(false)
    })
  })
})

describe('the help of run and shell', () => {
  it('says what they do', async () => {
    const program = startTerminalProgram({ args: ['run', '--help'] })
    expect(await program.ended).toEqual({ code: 0, signal: null })
    expect(program.stdout().toString()).toMatch(/deckwatch run \[options\] -- COMMAND/)
  })
})
