import { setImmediate as othersFirst } from 'node:timers/promises'
import { checkLink, type MappedSite } from '#electron/audit/runbooks/check-links.ts'
import { checkPageLink, type OwnPages } from '#electron/audit/runbooks/page-links.ts'
import { readPage } from '#electron/audit/runbooks/page.ts'
import { createSite } from '#electron/audit/runbooks/site.ts'
import type { RunbookFile } from '#electron/playbook/runbook/kind.ts'
import { judgeCode, looksLikeCommand } from '#electron/runner/shell/judge-code.ts'
import { loadShellParser, type ShellParser } from '#electron/runner/shell/parse.ts'
import type { Finding } from '#shared/domain/audit/finding.ts'
import type { LinkAnswer, LinkAnswers } from '#shared/domain/audit/link.ts'
import type { PlanFile } from '#shared/domain/plan/file.ts'
import type { PlanBook } from '#shared/domain/plan/plan-book.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { runbookIdOfPath } from '#shared/domain/runbook/id.ts'
import { linksOfRunbook, type PlacedLink } from '#shared/domain/runbook/links.ts'
import { runbooksOfPlan } from '#shared/domain/runbook/linked.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Runbook } from '#shared/domain/runbook/schema.ts'
import { checkPlan, linksOfPlan, type PlanPath } from '#shared/domain/runbook-health/check-plan.ts'
import { checkRunbook } from '#shared/domain/runbook-health/check-runbook.ts'
import { worstFirst } from '#shared/domain/runbook-health/report.ts'
import type {
  CodeJudgement,
  PlaybookHealth,
  RunbookHealth,
} from '#shared/domain/runbook-health/schema.ts'
import { createPlacing, inEffect, type InEffect, type PlaybookFiles } from './playbook-files.ts'

/** What runbooks are held against, and what may be asked for it. */
export interface HealthGround {
  readonly plans: PlanBook
  /** Sites that are known on this machine. */
  readonly maps: readonly MappedSite[]
  /** Asks for addresses that are not known here; left out where none may be asked. */
  readonly askOnline?: (addresses: readonly string[]) => Promise<LinkAnswers>
  /** Which of some programs are not on this machine; left out where nobody wants to know. */
  readonly missingPrograms?: (programs: readonly string[]) => Promise<ReadonlySet<string>>
  /** How old a verification may be, ms. */
  readonly maxVerifiedAgeMs: number
  /** ms since the epoch, UTC. */
  readonly now: number
  /** How a file of the playbook is called in findings. */
  readonly nameOf: (path: string) => string
}

/** A runbook as it was read, which its text alone decides. */
interface Read {
  readonly runbook: Runbook
  readonly links: readonly PlacedLink[]
  readonly judgements: ReadonlyMap<number, CodeJudgement>
}

/** Looks at the runbooks of a playbook, again and again: a text that is the same is read once. */
export type LookAtRunbooks = (
  playbook: PlaybookFiles,
  ground: HealthGround,
) => Promise<PlaybookHealth>

/**
 * Makes {@link LookAtRunbooks}. To judge a command takes some ms: whatever else this process does goes
 * on between two of them.
 */
export function createRunbookHealth(): LookAtRunbooks {
  const known = new Map<string, Read>()

  async function readAll(
    files: readonly InEffect<RunbookFile>[],
  ): Promise<readonly (Read & { readonly id: string })[]> {
    const parser = await loadShellParser()
    const current = new Set<string>()
    const all: (Read & { readonly id: string })[] = []
    for (const { path, value } of files) {
      const id = runbookIdOfPath(path)
      if (id === null) continue
      const key = `${path} ${value.hash}`
      const read = known.get(key) ?? (await readOne(belowRunbooks(path), value.text, parser))
      known.set(key, read)
      current.add(key)
      all.push({ ...read, id })
    }
    for (const key of known.keys()) if (!current.has(key)) known.delete(key)
    return all
  }

  return async (playbook, ground) => {
    const files = inEffect(playbook.files('runbook'))
    const all = await readAll(files)
    const own = ownPages(files)
    const plans = [...ground.plans.plans.values()]
    const planLinks = plans.flatMap(linksOfPlan).map(({ link }) => link)
    const online = await askedOnline(
      [...planLinks, ...all.flatMap(({ links }) => links.map(({ url }) => url))],
      ground,
    )
    const pages = { maps: ground.maps, runbooks: own.files }
    const missingPrograms = await programsMissing(all, ground)
    const leading = leadingPlans(plans)
    const runbooks: RunbookHealth[] = []
    for (const { id, runbook, links, judgements } of all) {
      const answers = new Map(
        links.map(({ url }): [string, LinkAnswer] => [
          url,
          online.get(url) ?? checkPageLink(url, runbook.path, own, pages),
        ]),
      )
      const { maxVerifiedAgeMs, now } = ground
      const facts = { answers, judgements, missingPrograms, maxVerifiedAgeMs, now }
      const about = { ...facts, plans: leading.get(id) ?? [] }
      const file = ground.nameOf(`runbooks/${runbook.path}`)
      runbooks.push(checkRunbook(runbook, about, file, links))
      await othersFirst()
    }
    const answers = new Map(
      planLinks.map((link): [string, LinkAnswer] => [
        link,
        online.get(link) ?? checkLink(link, pages),
      ]),
    )
    return { runbooks, plans: [...planFindings(playbook, plans, all, answers, ground)] }
  }
}

const belowRunbooks = (path: string) => path.replace(/^runbooks\//, '')

async function readOne(path: string, text: string, parser: ShellParser): Promise<Read> {
  await othersFirst()
  const runbook = parseRunbook({ path, text })
  await othersFirst()
  const links = linksOfRunbook(runbook)
  const judgements = new Map<number, CodeJudgement>()
  for (const { commands, copies } of runbook.steps) {
    const meant = copies.filter(
      (code) => !code.inline && code.language === null && looksLikeCommand(code, parser),
    )
    for (const code of [...commands, ...meant]) {
      await othersFirst()
      judgements.set(code.start, judgeCode(code, parser))
    }
  }
  return { runbook, links, judgements }
}

function ownPages(files: readonly InEffect<RunbookFile>[]): OwnPages {
  const pages = files.map(({ path, value }) => readPage(belowRunbooks(path), value.text))
  const isHugo = pages.some(({ path }) => /(?:^|\/)_index\.md$/.test(path))
  return { files: createSite(pages, 'files'), hugo: isHugo ? createSite(pages, 'hugo-part') : null }
}

async function askedOnline(
  links: readonly string[],
  { askOnline, maps }: HealthGround,
): Promise<LinkAnswers> {
  if (!askOnline) return new Map()
  const known = { maps, runbooks: null }
  const open = [...new Set(links)].filter(
    (link) => /^https?:\/\//i.test(link) && checkLink(link, known).status === 'unchecked',
  )
  return askOnline(open)
}

async function programsMissing(
  all: readonly Read[],
  { missingPrograms }: HealthGround,
): Promise<ReadonlySet<string>> {
  if (!missingPrograms) return new Set()
  const named = all.flatMap(({ judgements }) =>
    [...judgements.values()].flatMap(({ programs }) => programs),
  )
  return missingPrograms([...new Set(named)])
}

/** The plans that lead to a runbook, by its id. */
function leadingPlans(plans: readonly Plan[]): ReadonlyMap<string, readonly Plan[]> {
  const found = new Map<string, Plan[]>()
  for (const plan of plans) {
    for (const id of new Set(runbooksOfPlan(plan))) {
      const known = found.get(id)
      if (known) known.push(plan)
      else found.set(id, [plan])
    }
  }
  return found
}

function planFindings(
  playbook: PlaybookFiles,
  plans: readonly Plan[],
  all: readonly (Read & { readonly id: string })[],
  answers: LinkAnswers,
  { nameOf }: HealthGround,
): readonly Finding[] {
  const placed = createPlacing(playbook)
  const files = inEffect(playbook.files('plan'))
  const runbooks = new Map(all.map(({ id, runbook }) => [id, runbook]))
  const reads = new Map(all.map((each) => [each.id, each]))
  const findings = plans.flatMap((plan) =>
    checkPlan(plan, {
      answers,
      runbooks,
      judgementOf: (id, { start }) => reads.get(id)?.judgements.get(start),
      placeOf(at) {
        const file = fileThatSays(plan.id, at, files)
        if (!file) return { file: plan.id, line: null, column: null }
        const { line, column } = placed(file, [...at], '')
        return { file: nameOf(file.path), line, column }
      },
    }),
  )
  // What several plans have from the same one stands in one place, and is said once.
  const once = new Map(
    findings.map((each) => [`${each.code} ${JSON.stringify(each.place)}`, each] as const),
  )
  return worstFirst([...once.values()])
}

/** The file of a plan, or of the one that it extends, that has the key at which a path begins. */
function fileThatSays(
  id: string,
  [key]: PlanPath,
  files: readonly InEffect<PlanFile>[],
): InEffect<PlanFile> | undefined {
  const own = files.find(({ value }) => value.plan === id)
  let file = own
  // Circles are refused before; so many steps are none.
  for (let step = 0; file && step < 50; step += 1) {
    const { value } = file
    if (typeof key === 'string' && Object.hasOwn(value, key)) return file
    file = files.find(({ value: each }) => each.plan === value.extends)
  }
  return own
}
