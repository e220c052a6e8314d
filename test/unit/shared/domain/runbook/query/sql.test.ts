import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bindSql, sqlPlaceholders } from '#shared/domain/runbook/query/sql.ts'
import { isActing } from '#shared/domain/runbook/query/sql-functions.ts'
import { readSqlTokens } from '#shared/domain/runbook/query/sql-tokens.ts'
import { ok } from '#shared/domain/result/result.ts'
import { hostileValues } from '#test/fixtures/hostile-values.ts'
import { anyText } from '../inputs/facts.ts'
import { bound, shownOf } from './kit.ts'

/** Every placeholder is filled with its own name. */
const bind = (run: string, valueOf = (name: string) => name) =>
  bindSql({ run, placeholders: sqlPlaceholders(run) }, ({ name }) => ok(valueOf(name)))

const boundText = (run: string) => {
  const result = bind(run)
  return result.ok ? [result.value.text, ...result.value.values] : [`refused: ${result.error}`]
}

describe('values in SQL', () => {
  it.each([
    ['select * from o where id = <id>', 'select * from o where id = $1', 'id'],
    ["select * from o where ns = '<ns>'", 'select * from o where ns = $1', 'ns'],
    [
      'select * from o where ns = {ns} limit <n>',
      'select * from o where ns = $1 limit $2',
      'ns',
      'n',
    ],
    ['select $NS, $NS', 'select $1, $2', 'NS', 'NS'],
    ['select 1 where a in (<a>, <b>)', 'select 1 where a in ($1, $2)', 'a', 'b'],
    ["select 'it''s' where a like '%' || <a>", "select 'it''s' where a like '%' || $1", 'a'],
    ['select now() - <since>::interval', 'select now() - $1::interval', 'since'],
    ['select 1 where a is distinct from <a>', 'select 1 where a is distinct from $1', 'a'],
    ['select extract(epoch from <t>::timestamp)', 'select extract(epoch from $1::timestamp)', 't'],
    [
      'select 1 order by case when a = <a> then 0 end',
      'select 1 order by case when a = $1 then 0 end',
      'a',
    ],
    ['select 1 from a where b = <b> -- <c>', 'select 1 from a where b = $1 -- <c>', 'b'],
    ['/* <c> /* nested */ */ select <a>;', '/* <c> /* nested */ */ select $1;', 'a'],
    ['select $$a; <b$$, <a>', 'select $$a; <b$$, $1', 'a'],
    ['(select <a>) union (select 2)', '(select $1) union (select 2)', 'a'],
    [
      'with x as (select 1) select \'a;b\', "c;d" from x',
      'with x as (select 1) select \'a;b\', "c;d" from x',
    ],
    ['explain select <a>', 'explain select $1', 'a'],
    ['show server_version', 'show server_version'],
    ["select E'a\\'; drop' , <a>", "select E'a\\'; drop' , $1", 'a'],
  ])('become parameters: %s', (text, ...wanted) => {
    expect(boundText(text)).toEqual(wanted)
  })

  it.each([
    ["select 1 where a = 'x<a>'", 'only a part of'],
    ["select 1 where a = '<a>x'", 'only a part of'],
    ["select 1 where a = '''<a>'", 'only a part of'],
    ["select 1 where a = '<a>''x'", 'only a part of'],
    ["select 1 where a = E'<a>'", 'only a part of'],
    ["select 1 where a like '%<a>%'", 'Join texts with ||'],
    ['select $$<a>$$', 'only a part of'],
    ["select U&'<a>'", 'U& in front'],
    ['select "<a>" from x', 'in the name'],
    ['select * from <a>', 'stands where a name stands'],
    ["select * from '<a>'", 'stands where a name stands'],
    ['select * from x, <a>', 'stands where a name stands'],
    ['select * from x join <a> on true', 'stands where a name stands'],
    ['select * from x.<a>', 'stands where a name stands'],
    ['select <a>.y from x', 'stands where a name stands'],
    ['select <a>(1)', 'stands where a name stands'],
    ['select x as <a>', 'stands where a name stands'],
    ['select * from x order by <a>', 'stands where a name stands'],
    ['select * from x group by y, <a>', 'stands where a name stands'],
    ['table <a>', 'stands where a name stands'],
    ['select 1::<a>', 'stands for a type'],
    ["select interval '<a>'", 'write <value>::interval'],
    ['select x_<a>', 'within a name or a number'],
    ['select <a>x', 'within a name or a number'],
    ['select 1<a>', 'within a name or a number'],
    ["select '<a>'x", 'within a name or a number'],
    ['select <a><b>', 'within a name or a number'],
    ['select $1, <a>', 'of its own'],
    ["select 'a", 'no other half'],
    ['select "a', 'no other half'],
    ['select 1 /* <a>', 'no end'],
    ['select $a$ x', 'no end'],
    ['select \uE000', 'private use'],
  ])('are refused where no value can stand: %s', (text, reason) => {
    expect(boundText(text).join(' ')).toContain(reason)
  })

  it.each([
    ['select 1; drop table x', 'more than one statement'],
    ['select 1;;select 2', 'more than one statement'],
    [';', 'says nothing'],
    ['-- nothing', 'says nothing'],
    ['drop table x', 'A query begins with'],
    ['insert into x values (1)', 'A query begins with'],
    ["copy x to program 'sh'", 'A query begins with'],
    ['do $$ begin end $$', 'A query begins with'],
    ['call x()', 'A query begins with'],
    ['commit', 'A query begins with'],
    ['set role postgres', 'A query begins with'],
    ['"select" 1', 'A query begins with'],
    ['\\d orders', 'A query begins with'],
    ['select pg_terminate_backend(1)', 'calls pg_terminate_backend'],
    ['select pg_catalog.PG_RELOAD_CONF ()', 'calls pg_reload_conf'],
    ['select "pg_cancel_backend"(pid) from pg_stat_activity', 'calls pg_cancel_backend'],
    ["select query_to_xml('select 1', true, true, '')", 'calls query_to_xml'],
    ["select lo_export(1, '/tmp/x')", 'calls lo_export'],
    ["select dblink_exec('x', 'y')", 'calls dblink_exec'],
    ["select set_config('a', 'b', false)", 'calls set_config'],
  ])('stand in one statement that only reads: %s', (text, reason) => {
    expect(boundText(text).join(' ')).toContain(reason)
  })

  it('may call what only tells something', () => {
    for (const name of [
      'count',
      'pg_size_pretty',
      'pg_blocking_pids',
      'pg_is_in_recovery',
      'pg_stat_get_activity',
      'pg_total_relation_size',
      'pg_last_wal_replay_lsn',
      'coalesce',
      'location',
    ]) {
      expect(isActing(name), name).toBe(false)
    }
  })

  it('stay values, whatever they hold', () => {
    const text = "select * from o where a = '<a>' and b = <b>"
    for (const value of [...hostileValues, "'; drop table x; --", '$1', '\\', "E'\\''"]) {
      const result = bind(text, () => value)
      if (result.ok) {
        expect(result.value.text).toBe('select * from o where a = $1 and b = $2')
        expect(result.value.values).toEqual([value, value])
      } else {
        expect(value).toMatch(/\0|\p{Surrogate}/u)
      }
    }
  })

  it('never become text, in any statement', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), anyText, (around, value) => {
        const text = `select <a>, '${around}' ${around}`
        const [one, other] = [bind(text, () => 'x'), bind(text, () => value)]
        if (one.ok && other.ok) expect(other.value.text).toBe(one.value.text)
      }),
    )
  })

  it('are shown beside it, each in a line of its own', () => {
    expect(shownOf('sql', 'select * from o where ns = {{ $labels.ns }}', { ns: 'a\n-- b' })).toBe(
      'select * from o where ns = $1\n-- $1 = "a\\n-- b"',
    )
    expect(bound('sql', 'select * from o where ns = <ns>')).toEqual({
      ok: false,
      error: 'The value of ns is missing.',
    })
  })

  it('are not more than anybody reads', () => {
    expect(boundText(`select ${'<a>, '.repeat(51)}1`)[0]).toContain('too many placeholders')
  })
})

describe('the pieces of SQL', () => {
  it('are all of it but blanks and comments', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const tokens = readSqlTokens(text)
        if (!tokens.ok) return
        let at = 0
        for (const { start, end } of tokens.value) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          at = end
        }
        expect(at).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('are read as the server reads them', () => {
    const tokens = readSqlTokens('SELECT a.B, "C""d", 1.5e3, n\'x\' --y\n<> /* /* */ */ $q$ \' $q$')
    expect(tokens.ok && tokens.value.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'word select',
      'word a',
      'sign .',
      'word b',
      'sign ,',
      'name C"d',
      'sign ,',
      'number 1.5e3',
      'sign ,',
      "string n'x'",
      'sign <',
      'sign >',
      "string $q$ ' $q$",
    ])
  })
})
