import { describe, expect, it } from 'vitest'
import { flowsFileSchema } from '#shared/domain/flow/file.ts'
import { createFlowBook } from '#shared/domain/flow/flow-book.ts'
import { flowSchema } from '#shared/domain/flow/schema.ts'
import { usualFlows } from '#shared/domain/flow/usual-flows.ts'
import { severities } from '#shared/domain/severity/schema.ts'

describe('the usual flows', () => {
  it('tell a war room, a standard and a normal incident apart', () => {
    const said = severities.map((severity) => {
      const flow = usualFlows.of(severity)
      return flow && [flow.title, flow.updateEveryMs, flow.roles.map(({ role }) => role)]
    })
    expect(said).toEqual([
      ['War room', 900_000, ['commander', 'communications', 'scribe']],
      ['Standard', 3_600_000, ['commander']],
      ['Normal', null, []],
      null,
    ])
  })

  it('have three phases each, and no line twice', () => {
    for (const severity of severities) {
      const flow = usualFlows.of(severity)
      if (!flow) continue
      expect(flowSchema.parse(flow)).toEqual(flow)
      expect(flow.phases.map(({ phase }) => phase)).toEqual(['detect', 'respond', 'recover'])
      const ids = flow.phases.flatMap(({ items }) => items.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
    }
  })
})

describe('flows.yaml', () => {
  const read = (flows: object) => flowsFileSchema.safeParse({ flows })

  it('is read into flows; lines of the same words are two lines', () => {
    const parsed = read({
      'our-room': {
        title: 'Our room',
        severities: ['P0', 'P1'],
        updateEvery: '10m',
        roles: { scribe: ['Write'] },
        phases: {
          recover: {
            title: 'Afterwards',
            items: ['Check', 'Check', { text: 'Calm', met: 'stable' }],
          },
        },
      },
    })
    if (!parsed.success) throw parsed.error
    const book = createFlowBook(parsed.data)
    expect(book.of('P1')).toEqual({
      id: 'our-room',
      title: 'Our room',
      updateEveryMs: 600_000,
      roles: [{ role: 'scribe', duties: ['Write'] }],
      phases: [
        {
          phase: 'recover',
          title: 'Afterwards',
          items: [
            { id: 'check', text: 'Check', met: null },
            { id: 'check-2', text: 'Check', met: null },
            { id: 'calm', text: 'Calm', met: 'stable' },
          ],
        },
      ],
    })
    expect(book.of('P2')).toBeNull()
  })

  it('has one flow for a severity', () => {
    const flow = { title: 'A', severities: ['P0'], phases: {} }
    const parsed = read({ one: flow, two: flow })
    expect(parsed.error?.issues).toMatchObject([
      { path: ['flows', 'two', 'severities', 0], message: 'P0 has the flow "one" already' },
    ])
  })
})
