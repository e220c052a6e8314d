import { describe, expect, it } from 'vitest'
import { parseTerminal, terminalHelp } from '#electron/host/terminal/options.ts'

const paths = { config: '/home/ada/deckwatch.yaml', data: '/home/ada/data' }
const parse = (...args: string[]) => parseTerminal(args, paths)

describe('the command line of run and shell', () => {
  it('takes its own options in front, and leaves all that follows to the command', () => {
    expect(
      parse('run', '--incident', 'abcd', '--data=/tmp/d', '--', 'ls', '--incident', '--'),
    ).toEqual({
      ok: true,
      value: {
        name: 'run',
        incident: 'abcd',
        dataDirectory: '/tmp/d',
        command: ['ls', '--incident', '--'],
      },
    })
    expect(parse('run', 'ls', '--help')).toMatchObject({
      value: { incident: null, dataDirectory: '/home/ada/data', command: ['ls', '--help'] },
    })
    expect(parse('run', '--', '--odd')).toMatchObject({ value: { command: ['--odd'] } })
    expect(parse('shell', '--incident=a=b')).toMatchObject({
      value: { incident: 'a=b', command: [] },
    })
  })

  it('says what is wrong with it', () => {
    expect(parse('run')).toMatchObject({
      error: expect.stringContaining('Name a command') as string,
    })
    expect(parse('run', '--nope', 'ls')).toMatchObject({
      error: 'There is no option "--nope". See deckwatch run --help.',
    })
    expect(parse('shell', '--incident')).toMatchObject({
      error: '--incident needs a value. See deckwatch shell --help.',
    })
    expect(parse('shell', 'ls')).toMatchObject({
      error: 'shell takes no command: use deckwatch run -- COMMAND.',
    })
    expect(parse('other').ok).toBe(false)
  })

  it('helps', () => {
    expect(parse('shell', '-h')).toEqual({ ok: true, value: { name: 'help' } })
    expect(terminalHelp(paths)).toContain('/home/ada/data')
  })
})
