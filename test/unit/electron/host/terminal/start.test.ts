import { describe, expect, it } from 'vitest'
import { bindIncident } from '#electron/host/terminal/bind.ts'
import { secretsOf } from '#electron/host/terminal/environment-secrets.ts'
import { inPseudoTerminal } from '#electron/host/terminal/pseudo-terminal.ts'
import { commandLine } from '#electron/host/terminal/shell-words.ts'
import type { IncidentChoice, IncidentOption } from '#shared/domain/watch/incident-choice.ts'

const option = (incidentId: string, is: IncidentOption['is'] = null): IncidentOption => ({
  incidentId,
  title: `Title ${incidentId}`,
  severity: 'P1',
  status: 'triggered',
  is,
})
const bind = (choice: IncidentChoice | null, wanted: string | null, answer?: string | null) =>
  bindIncident(wanted, {
    link: { choose: () => Promise.resolve(choice) },
    ask: answer === undefined ? null : () => Promise.resolve(answer),
  })

describe('what a terminal is bound to', () => {
  const several: IncidentChoice = {
    kind: 'several',
    options: [option('a', 'focused'), option('b', 'acknowledged'), option('c')],
  }

  it('is the incident that Deckwatch chooses, or a person where there are several', async () => {
    expect(await bind({ kind: 'one', option: option('a') }, null)).toEqual({
      kind: 'bound',
      incidentId: 'a',
      words: 'Recorded for “Title a”.',
    })
    expect(await bind(several, null, ' 2 ')).toMatchObject({ kind: 'bound', incidentId: 'b' })
  })

  it.each(['0', '4', '', 'x', null])('is none where somebody answers %j', async (answer) => {
    expect(await bind(several, null, answer)).toMatchObject({
      kind: 'refused',
      words: 'No incident was selected, so nothing was run.',
    })
  })

  it('is none where there is nobody to ask, or none that is meant', async () => {
    expect(await bind(several, null)).toMatchObject({
      kind: 'refused',
      words: expect.stringContaining('2  P1 Title b (b, acknowledged by you)') as string,
    })
    expect(await bind({ kind: 'none', message: 'No.', hint: 'Hint.' }, 'x')).toEqual({
      kind: 'refused',
      words: 'No. Hint.',
    })
  })

  it('is kept for later where Deckwatch does not run and the incident is named', async () => {
    expect(await bind(null, 'deckwatch://incident/abc')).toMatchObject({
      kind: 'bound',
      incidentId: 'abc',
    })
    expect(await bind(null, null)).toMatchObject({ kind: 'unrecorded' })
  })
})

describe('a command that is given a terminal', () => {
  it('reaches script as it is, whatever shell the person has', () => {
    const made = inPseudoTerminal(
      ['echo', "it's", 'a b'],
      { ...process.env, SHELL: '/usr/bin/fish' },
      'linux',
    )
    expect(made).toMatchObject({
      program: 'script',
      args: [
        '-q',
        '-e',
        '-f',
        '-c',
        String.raw`SHELL=/usr/bin/fish; export SHELL; exec echo 'it'\''s' 'a b'`,
        '/dev/null',
      ],
    })
    expect(made?.environment['SHELL']).toBe('/bin/sh')
    expect(inPseudoTerminal(['ls'], { PATH: process.env['PATH'] }, 'linux')?.args.at(-2)).toBe(
      'unset SHELL; exec ls',
    )
    expect(inPseudoTerminal(['ls', '-l'], {}, 'darwin')?.args).toEqual([
      '-q',
      '/dev/null',
      'ls',
      '-l',
    ])
  })

  it('has none where script is missing, or cannot take its arguments', () => {
    expect(inPseudoTerminal(['ls'], { PATH: '/nowhere' }, 'linux')).toBeNull()
    expect(inPseudoTerminal(['ls'], {}, 'win32')).toBeNull()
    expect(inPseudoTerminal(['x'.repeat(130_000)], process.env, 'linux')).toBeNull()
  })

  it('is written as a person could type it', () => {
    expect(commandLine(['ls', '-l', 'a b', '$HOME', ''])).toBe("ls -l 'a b' '$HOME' ''")
  })

  it('has secrets in its environment, by their names', () => {
    const environment = {
      GH_TOKEN: 'a',
      DB_PASSWORD: 'b',
      aws_secret_access_key: 'c',
      HOME: 'd',
      NO_KEY: undefined,
    }
    expect(secretsOf(environment)).toEqual(['a', 'b', 'c'])
  })
})
