import { seenRule } from '#shared/domain/audit/seen.ts'
import type { PlaybookFacts } from '#shared/contract/playbook.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { draftPlan } from '#shared/domain/audit/draft-plan.ts'
import type { AlertRule } from '#shared/domain/audit/rule.ts'

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

/** A plan for an alert that has none, drafted from what it says of itself. */
export function draftFor(
  alert: Alert,
  facts: Pick<PlaybookFacts, 'files' | 'plans'>,
  unsaved: readonly string[],
): Started {
  const { labels, annotations } = alert
  return draftOf(
    seenRule({ name: labels['alertname'] ?? 'alert', labels, annotations }),
    facts,
    unsaved,
  )
}

/** A plan for a kind of alert, drafted from its rule. */
export function draftOf(
  rule: AlertRule,
  { files, plans }: Pick<PlaybookFacts, 'files' | 'plans'>,
  unsaved: readonly string[],
): Started {
  const paths = [...files.map(({ path }) => path), ...unsaved]
  const ids = paths.flatMap((path) => /^plans\/([^/]+)\.yaml$/.exec(path)?.[1] ?? [])
  const { path, text } = draftPlan(rule, new Set([...plans.map(({ id }) => id), ...ids]))
  return [path, text]
}
