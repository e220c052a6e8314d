import type { PlaybookFacts } from '#shared/contract/playbook.ts'
import { alertTitle, type Alert } from '#shared/domain/alert/schema.ts'

/** A file to begin with: where it will be written, and what it says. */
type Started = readonly [path: string, text: string]

/**
 * A plan to begin with.
 *
 * @param unsaved paths of files that are being written.
 */
export function newPlanFor(
  facts: Pick<PlaybookFacts, 'files'>,
  unsaved: readonly string[],
): Started {
  const [path, id] = freePath('new-plan', facts, unsaved)
  const text = `plan: ${id}
title: What goes wrong, in a few words
match:
  - alertname="NameOfTheAlert"
phases:
  - name: Immediate
    until: 15m
    steps:
      - What to do first
`
  return [path, text]
}

/** The first file for a plan that is not there yet, and the id of the plan. */
function freePath(
  wanted: string,
  { files }: Pick<PlaybookFacts, 'files'>,
  unsaved: readonly string[],
): readonly [path: string, id: string] {
  const taken = new Set([...files.map(({ path }) => path), ...unsaved])
  for (let number = 1; ; number += 1) {
    const id = `${wanted}${number === 1 ? '' : `-${String(number)}`}`
    const path = `plans/${id}.yaml`
    if (!taken.has(path)) return [path, id]
  }
}

/** A plan for an alert that has none: its conditions and its title, and nothing invented. */
export function draftFor(
  alert: Alert,
  facts: Pick<PlaybookFacts, 'files'>,
  unsaved: readonly string[],
): Started {
  const name = alert.labels['alertname'] ?? 'alert'
  const [path, id] = freePath(idOf(name), facts, unsaved)
  const text = `plan: ${id}
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
