import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { safeLink } from './links.ts'

/** An address that is safe to follow, with its name. */
export interface NamedLink {
  readonly name: string
  readonly href: string
}

/** The links that have a key and a button of their own, by name. */
export const keyLinks = ['runbook', 'dashboard'] as const
export type KeyLink = (typeof keyLinks)[number]

/** Annotations that lead somewhere, by the names that public rule sets use. */
const wellKnown = [
  ['runbook_url', 'runbook'],
  ['runbook', 'runbook'],
  ['dashboard_url', 'dashboard'],
  ['dashboard', 'dashboard'],
  ['dashboardURL', 'dashboard'],
  ['panelURL', 'panel'],
  ['logs_url', 'logs'],
] as const

/** Most links that are shown of one incident: a storm may bring one for each alert. */
const MAX_LINKS = 6

/**
 * The links of an incident's plan, then runbooks, dashboards and the rule of its alerts, each address
 * once. A runbook of the plan that is no address is not among them.
 */
export function incidentLinks(
  alerts: readonly Alert[],
  plan?: Pick<Plan, 'runbook' | 'links'>,
): readonly NamedLink[] {
  const links = new Map<string, NamedLink>()
  const add = (name: string, text: string | null | undefined) => {
    const href = text ? safeLink(text) : null
    if (href !== null && !links.has(href)) links.set(href, { name, href })
  }
  add('runbook', plan?.runbook)
  for (const { name, href } of plan?.links ?? []) add(name, href)
  for (const { annotations } of alerts) {
    for (const [annotation, name] of wellKnown) add(name, annotations[annotation])
    if (links.size >= MAX_LINKS) break
  }
  for (const { generatorUrl } of Object.values(alerts[0]?.observations ?? {})) {
    add('rule', generatorUrl)
  }
  return [...links.values()].slice(0, MAX_LINKS)
}

/** The links that have a button of their own: the first of each name, where there is one. */
export function keyLinksOf(
  links: readonly NamedLink[],
): readonly { readonly name: KeyLink; readonly href: string }[] {
  return keyLinks.flatMap((name) => {
    const link = links.find((each) => each.name === name)
    return link ? [{ name, href: link.href }] : []
  })
}
