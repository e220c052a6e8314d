import { idFromName } from '../person/identity.ts'
import { roles } from '../role/role.ts'
import type { Severity } from '../severity/schema.ts'
import type { FlowsFile } from './file.ts'
import { flowPhaseSchema, phaseTitle, type Flow, type FlowItem } from './schema.ts'

/** How incidents are dealt with, by severity. */
export interface FlowBook {
  /** The flow of incidents of this severity; null for none. */
  of(severity: Severity): Flow | null
}

/** No incident has a flow. */
export const emptyFlowBook: FlowBook = { of: () => null }

/** Brings together what a file says. */
export function createFlowBook({ flows }: FlowsFile): FlowBook {
  const bySeverity = new Map<Severity, Flow>()
  for (const [id, written] of Object.entries(flows)) {
    const flow: Flow = {
      id,
      title: written.title,
      updateEveryMs: written.updateEvery ?? null,
      roles: roles.flatMap((role) => {
        const duties = written.roles[role]
        return duties === undefined ? [] : [{ role, duties: [...duties] }]
      }),
      phases: flowPhaseSchema.options.flatMap((phase) => {
        const said = written.phases[phase]
        if (!said) return []
        return [{ phase, title: said.title ?? phaseTitle[phase], items: itemsOf(said.items) }]
      }),
    }
    for (const severity of written.severities) bySeverity.set(severity, flow)
  }
  return { of: (severity) => bySeverity.get(severity) ?? null }
}

type WrittenItems = NonNullable<FlowsFile['flows'][string]['phases']['detect']>['items']

/** Lines of the same words are told apart by how many of them went before. */
function itemsOf(items: WrittenItems): FlowItem[] {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const { text, id, met } = typeof item === 'string' ? { text: item } : item
    const name = id ?? idFromName(text) ?? 'line'
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return { id: count === 1 ? name : `${name}-${String(count)}`, text, met: met ?? null }
  })
}
