import type { PlaybookFacts } from '#shared/contract/playbook.ts'
import { alertTitle, type Alert } from '#shared/domain/alert/schema.ts'

/** A plan to begin with. */
export const newPlan = `plan: new-plan
title: What goes wrong, in a few words
match:
  - alertname="NameOfTheAlert"
phases:
  - name: Immediate
    until: 15m
    steps:
      - What to do first
`

/** Where a plan with this id is written: the first file that is not there yet. */
export function freePath(id: string, { files }: Pick<PlaybookFacts, 'files'>): string {
  const taken = new Set(files.map(({ path }) => path))
  for (let number = 1; ; number += 1) {
    const path = `plans/${id}${number === 1 ? '' : `-${String(number)}`}.yaml`
    if (!taken.has(path)) return path
  }
}

/** A plan for an alert that has none: its conditions and its title, and nothing invented. */
export function draftFor(
  alert: Alert,
  facts: Pick<PlaybookFacts, 'files'>,
): readonly [path: string, text: string] {
  const name = alert.labels['alertname'] ?? 'alert'
  const id = idOf(name)
  const path = freePath(id, facts)
  const text = `plan: ${path.slice('plans/'.length, -'.yaml'.length)}
title: ${JSON.stringify(alertTitle(alert))}
match:
  - ${JSON.stringify(`alertname=${JSON.stringify(name)}`)}
phases:
  - name: Immediate
    until: 15m
    steps: []  # TODO: what to do first, a line each
`
  return [path, text]
}

function idOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '')
  return words === '' ? 'new-plan' : words
}
