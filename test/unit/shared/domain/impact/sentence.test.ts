import { describe, expect, it } from 'vitest'
import { impactSentence } from '#shared/domain/impact/sentence.ts'
import { formatValue } from '#shared/domain/measurement/format.ts'
import { unknown, type Reading } from '#shared/domain/measurement/reading.ts'
import type { PlanImpact } from '#shared/domain/plan/schema.ts'

const impact: PlanImpact = {
  says: '{failing} of card payments fail, about {money} a minute for {share} of {nobody}',
  values: {
    failing: { kind: 'promql', promql: 'failing', unit: 'percent', source: null },
    money: { kind: 'promql', promql: 'money', unit: 'USD', source: null },
    share: { kind: 'fixed', value: 3, unit: 'number' },
    unused: { kind: 'fixed', value: 1, unit: 'number' },
  },
  description: 'Nobody can pay by card.',
  affectedUsers: null,
  revenueRisk: null,
  competitiveRisk: null,
}

const value = (number: number): Reading => ({
  kind: 'value',
  value: number,
  at: 1_000,
  source: 'prom-eu',
  freshMs: 45_000,
})

describe('the sentence of an impact', () => {
  it('has its numbers by their unit, and says where they come from', () => {
    const readings: Record<string, Reading> = { failing: value(0.36), money: value(1_420) }
    const { text, values } = impactSentence(
      impact,
      (name) => (readings[name] ? { reading: readings[name] } : undefined),
      2_000,
    )
    expect(text).toBe('36 % of card payments fail, about $1,420 a minute for 3 of {nobody}')
    expect(values.map(({ name, origin }) => [name, origin.kind])).toEqual([
      ['failing', 'measured'],
      ['money', 'measured'],
      ['share', 'plan'],
    ])
  })

  it('says what is unknown, and why', () => {
    const readings: Record<string, Reading> = { failing: value(0.36), money: unknown('no data') }
    const { text, values } = impactSentence(
      impact,
      (name) => (readings[name] ? { reading: readings[name] } : undefined),
      100_000,
    )
    expect(text).toBe('(unknown) of card payments fail, about (unknown) a minute for 3 of {nobody}')
    expect(values.slice(0, 2).map(({ origin }) => origin)).toMatchObject([
      { kind: 'unknown', reason: 'the last measurement is too old' },
      { kind: 'unknown', reason: 'no data' },
    ])
  })

  it('is the description of the plan where it has no sentence', () => {
    expect(impactSentence({ ...impact, says: null }, () => undefined, 0).text).toBe(
      'Nobody can pay by card.',
    )
  })
})

describe('a value', () => {
  it('is written by its unit', () => {
    const written = [
      formatValue(0.012_34, 'percent'),
      formatValue(3_400, 'ms'),
      formatValue(0.5, 's'),
      formatValue(1_536, 'bytes'),
      formatValue(119.6, 'per-second'),
      formatValue(4.5, 'EUR'),
      formatValue(-1_420.4, 'USD'),
      formatValue(0.000_123_4, 'number'),
      formatValue(12_345.6, 'number'),
    ]
    expect(written).toEqual([
      '1.23 %',
      '3,400 ms',
      '0.5 s',
      '1.5 KiB',
      '120/s',
      '€4.50',
      '-$1,420',
      '0.000123',
      '12,346',
    ])
  })
})
