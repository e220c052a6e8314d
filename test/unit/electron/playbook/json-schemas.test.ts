import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { published, kinds } from '#test/schemas/published.ts'

const folder = new URL('../../../../docs/schema/', import.meta.url)
const schemaOf = (file: string) => {
  const text = published.find((each) => each.file === file)?.text ?? '{}'
  return z.fromJSONSchema(JSON.parse(text) as z.core.JSONSchema.JSONSchema)
}

describe('the published JSON Schemas', () => {
  it('are current: run "npm run schemas" where they are not', async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
    expect(names.toSorted()).toEqual(published.map(({ file }) => file).toSorted())
    for (const { file, text } of published) {
      expect(await readFile(new URL(file, folder), 'utf8')).toBe(text)
    }
  })

  it('are there for every kind of file that is YAML', () => {
    const yaml = Object.entries(kinds).filter(([, { pattern }]) => pattern.endsWith('.yaml'))
    expect(published.map(({ file }) => file)).toEqual([
      ...yaml.map(([name]) => `${name}.json`),
      'catalog.json',
    ])
  })

  it('take what is right, written as people write it', () => {
    const plan = schemaOf('plan.json')
    const right = parse(`
      plan: payment-failure
      match: ['alertname=~"Payment.*"']
      phases: [{ name: Now, until: 15m, steps: [Look, { run: webhooks }] }]
      fixedWhen: [{ promql: up, for: 10m }, No complaints]
      triggers: [{ unresolvedFor: 30m, then: escalate }]
      x-shared: anything
    `) as unknown
    expect(plan.safeParse(right).error).toBeUndefined()
    const configuration = parse(
      '{ sources: [{ type: drill }], playbook: { git: "git@h:a" } }',
    ) as unknown
    expect(schemaOf('configuration.json').safeParse(configuration).error).toBeUndefined()
  })

  it('mark what is wrong', () => {
    const plan = schemaOf('plan.json')
    for (const wrong of [
      'plan: Payment Failure',
      '{ plan: a, ownr: x }',
      '{ plan: a, phases: [{ name: Now, until: 15 }] }',
      '{ plan: a, phases: [{ name: Now, until: 15 minutes }] }',
      '{ plan: a, triggers: [{ unresolvdFor: 30m }] }',
    ]) {
      expect([wrong, plan.safeParse(parse(wrong)).success]).toEqual([wrong, false])
    }
  })
})
