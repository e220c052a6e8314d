import { describe, expect, it } from 'vitest'
import { summaryLine } from '#shared/domain/execution/summary-line.ts'

describe('the line that says most of an output', () => {
  it('is the last one with words, in one line of so many characters', () => {
    expect(summaryLine('first\n  last   one \n\n', 100)).toBe('last one')
    expect(summaryLine('first\r\nlast\r\n', 100)).toBe('last')
    expect(summaryLine('\n \n', 100)).toBe('')
    expect(summaryLine('', 100)).toBe('')
    expect(summaryLine('x'.repeat(20), 10)).toBe(`${'x'.repeat(9)}…`)
  })

  const pods = [
    'NAME        READY   STATUS             RESTARTS   AGE',
    'coredns-1   1/1     Running            0          3d',
    'coredns-2   0/1     CrashLoopBackOff   17         3d',
  ].join('\n')

  it('counts the rows of a table, with what stands in their first column', () => {
    expect(summaryLine(pods, 300)).toBe('2 rows: coredns-1, coredns-2')
    expect(summaryLine(`Warning: old API\n${pods}\n\n`, 300)).toBe('2 rows: coredns-1, coredns-2')
  })

  it.each([
    [
      'one row, which says all itself',
      'NAME        READY   STATUS\ncoredns-1   1/1     Running\n',
      '1 row: coredns-1 1/1 Running',
    ],
    [
      'the last of several tables',
      `${pods}\n\nNAME          TYPE\nservice/web   ClusterIP\nservice/db    ClusterIP\n`,
      '2 rows: service/web, service/db',
    ],
    [
      'columns with units, aligned at their right',
      'NAME    CPU(cores)   MEMORY(bytes)\nweb-1          12m           100Mi\nweb-2           9m            90Mi',
      '2 rows: web-1, web-2',
    ],
    [
      'a header that begins further right',
      '    PID TTY          TIME CMD\n      1 ?        00:00:01 init\n     42 pts/0    00:00:00 bash',
      '2 rows: 1, 42',
    ],
    [
      'the same first word once',
      'NAMESPACE   NAME\nshop        web-1\nshop        web-2\ndata        db-1',
      '3 rows: shop, data',
    ],
  ])('counts %s', (_, output, line) => {
    expect(summaryLine(output, 300)).toBe(line)
  })

  it('names no more rows than there is room for', () => {
    const rows = Array.from({ length: 12 }, (_, row) => `web-${String(row + 10)}   Running`)
    const table = ['NAME     STATUS', ...rows].join('\n')
    expect(summaryLine(table, 300)).toBe('12 rows: web-10, web-11, web-12, web-13, web-14, …')
    expect(summaryLine(table, 30)).toBe('12 rows: web-10, web-11, …')
    expect(summaryLine(table, 12)).toBe('12 rows: we…')
  })

  it.each([
    [
      'a line below the table',
      `${pods}\nError from server: timed out`,
      'Error from server: timed out',
    ],
    ['a header alone', 'NAME   READY', 'NAME READY'],
    ['capitals that are a sentence', 'ALL GOOD\nsee you', 'see you'],
    ['words of capitals before another text', 'DONE   OK\nit took 3 s', 'it took 3 s'],
    ['rows without a header', 'web-1   Running\nweb-2   Running', 'web-2 Running'],
    ['a header with small letters', 'Filesystem  Size\n/dev/sda1   10G', '/dev/sda1 10G'],
  ])('is the last line of %s', (_, output, line) => {
    expect(summaryLine(output, 300)).toBe(line)
  })

  it('is found in little time', () => {
    const wide = `A  ${'B '.repeat(30_000)}`
    expect(summaryLine(`${wide}\n${'x '.repeat(30_000)}`, 300)).toHaveLength(300)
    expect(summaryLine('A  B\n'.repeat(20_000), 300)).toBe('A B')
  })
})
