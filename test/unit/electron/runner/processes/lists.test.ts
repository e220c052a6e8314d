import { describe, expect, it } from 'vitest'
import { parseProcessStat } from '#electron/runner/processes/linux-processes.ts'
import { parsePs } from '#electron/runner/processes/ps-processes.ts'
import { createProcessTable } from '#electron/runner/processes/this-machine.ts'

const numbers = `S 1 4711 4710 0 -1 4194560 ${'0 '.repeat(12)}8675309 0 0`

describe('a line of /proc', () => {
  it.each(['bash', 'a b', 'a) S 9 9 9 (b', ') ', '((('])(
    'is read whatever its program is called: %s',
    (name) => {
      expect(parseProcessStat(`4711 (${name}) ${numbers}`)).toEqual({
        pid: 4711,
        parent: 1,
        group: 4711,
        session: 4710,
        startedAt: 8_675_309,
        isDead: false,
      })
    },
  )

  it('says who is dead, and is nothing where it is cut', () => {
    expect(parseProcessStat(`4711 (x) ${numbers.replace('S', 'Z')}`)?.isDead).toBe(true)
    expect(parseProcessStat('')).toBeNull()
    expect(parseProcessStat('4711 (x) S 1')).toBeNull()
    expect(parseProcessStat('4711 (x) S 1 2 3')).toBeNull()
  })
})

describe('the lines of ps', () => {
  it('are read as macOS prints them', () => {
    const printed = [
      '    1     0     1 Ss   Mon Nov 30 01:44:00 2026    ',
      '  501     1   500 Z+   Mon Nov  2 11:00:05 2026',
      'ps: something else',
      '',
    ].join('\n')
    expect(parsePs(printed)).toEqual([
      {
        pid: 1,
        parent: 0,
        group: 1,
        session: null,
        startedAt: new Date(2026, 10, 30, 1, 44).getTime(),
        isDead: false,
      },
      {
        pid: 501,
        parent: 1,
        group: 500,
        session: null,
        startedAt: new Date(2026, 10, 2, 11, 0, 5).getTime(),
        isDead: true,
      },
    ])
  })
})

describe('the processes of this machine', () => {
  it('cannot be listed on Windows', () => {
    expect(createProcessTable('win32')).toBeNull()
  })
})
