import { describe, expect, it } from 'vitest'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { bound, pageOf, shownOf } from './kit.ts'

describe('a fence that is a query to a place', () => {
  it.each([
    ['sql', 'select 1'],
    ['logql', '{app="shop"} |= "error"'],
    ['elasticsearch', '{"query": {"match_all": {}}}'],
  ])('is one with a name or a place: %s', (language, text) => {
    for (const attributes of ['{"name":"q"}', '{"at":"main"}', '{"name":"q","at":"main"}']) {
      const { steps, findings } = pageOf(language, text, attributes)
      expect(findings).toEqual([])
      expect(steps.flatMap(codesOf)).toMatchObject([{ kind: 'query', language, run: text }])
    }
  })

  it.each([
    ['sql', 'drop table x'],
    ['logql', '{'],
    ['elasticsearch', 'DELETE /_all'],
  ])('shows something without both, as it always did: %s', (language, text) => {
    for (const attributes of ['', '{"expect":"lines>0"}']) {
      const { steps, findings } = pageOf(language, text, attributes)
      expect(findings).toEqual([])
      expect(steps.flatMap(codesOf)).toEqual([])
      expect(steps.flatMap(({ copies }) => copies)).toMatchObject([{ kind: 'copy', run: text }])
    }
  })

  it('says where it is sent, how far back it looks, and what is expected', () => {
    const attributes = '{"name":"q","at":"loki-eu","since":"15m","expect":"lines>0","timeout":"5s"}'
    const { steps } = pageOf('logql', '{app="shop"}', attributes)
    expect(steps.flatMap(codesOf)[0]?.attributes).toMatchObject({
      at: 'loki-eu',
      since: 900_000,
      expect: 'lines>0',
      timeout: 5_000,
    })
  })

  it('looks back an hour where nothing says how far', () => {
    expect(bound('logql', '{app="shop"}')).toEqual({
      ok: true,
      value: { kind: 'logql', text: '{app="shop"}', sinceMs: 3_600_000 },
    })
  })

  it('changes nothing, keeps nothing, and looks back in logs alone', () => {
    const { steps, findings } = pageOf(
      'sql',
      'select 1',
      '{"name":"q","risk":"destroy","capture":"X","since":"1h"}',
    )
    expect(steps.flatMap(codesOf)[0]?.attributes).toMatchObject({
      risk: null,
      capture: null,
      since: null,
    })
    expect(findings.map(({ message }) => message)).toEqual([
      'A query keeps nothing in a variable.',
      'Only a query of logs in LogQL looks back for a time (since).',
    ])
  })

  it('can only be copied where it cannot be read, and the runbook says why', () => {
    const { steps, findings } = pageOf('sql', 'drop table orders')
    expect(steps.flatMap(codesOf)).toEqual([])
    expect(findings).toMatchObject([
      { message: expect.stringContaining('This query cannot be run: A query begins') as string },
    ])
    const long = pageOf('sql', `select ${'1 + '.repeat(1_100)}1`)
    expect(long.findings).toMatchObject([
      { message: expect.stringContaining('more than 4,000 characters') as string },
    ])
  })

  it('can only be copied without its end', () => {
    const { steps } = parseRunbook({
      path: 'a.md',
      text: '## Act\n\nConnect:\n\n```sql {"name":"q"}\nselect 1\n',
    })
    expect(steps.map(({ copies, queries }) => [copies.length, queries.length])).toEqual([[1, 0]])
  })

  it('is the only one that is sent somewhere: at and since are findings elsewhere', () => {
    for (const attributes of ['{"at":"main"}', '{"since":"1h"}']) {
      const { findings } = pageOf('sh', 'ls', attributes)
      expect(findings).toMatchObject([
        { message: expect.stringContaining('say nothing') as string },
      ])
    }
  })

  it('is refused where it says nothing', () => {
    for (const language of ['sql', 'logql', 'elasticsearch']) {
      expect(shownOf(language, ' ')).toContain('It says nothing.')
    }
  })
})
