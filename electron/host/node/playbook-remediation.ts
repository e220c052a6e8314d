import { suggest } from '#electron/playbook/yaml/allowed-keys.ts'
import type { Path } from '#electron/playbook/yaml/positions.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import type { RemediationEntry, RemediationFile } from '#shared/domain/remediation/file.ts'
import { policyOf, type RemediationPolicy } from '#shared/domain/remediation/policy.ts'
import { runbookIdOf, runbookIdOfPath, runbookPathOf } from '#shared/domain/runbook/id.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { inEffect, remembered, type Placed, type PlaybookFiles } from './playbook-files.ts'

/** Runbooks in this folder have diagnostics for all. */
const DIAGNOSTICS = 'playbook:diagnostics/'

/** What may be done without a person, and what is wrong between the files. */
export interface ReadRemediations {
  readonly policies: readonly RemediationPolicy[]
  readonly problems: readonly ConfigProblem[]
}

/** A problem of one entry: where, below the entry, and what. */
interface Flaw {
  readonly at: Path
  readonly message: string
}

/** Brings together what `remediation.yaml` says with the plans and runbooks that it names. */
export function createRemediationReader(
  playbook: PlaybookFiles,
  placed: Placed,
): (plans: ReadonlyMap<string, Plan>) => ReadRemediations {
  const policiesOf = remembered((values: readonly RemediationFile[]) =>
    values
      .flatMap(({ remediations }) => remediations)
      .map(policyOf)
      .filter((policy) => policy !== null),
  )
  /** By the hash of the text: a runbook is parsed once. */
  const namesOf = new Map<string, readonly string[]>()

  function codeNames(id: string): readonly string[] | null {
    const file = inEffect(playbook.files('runbook')).find(
      ({ path }) => runbookIdOfPath(path) === id,
    )
    if (!file) return null
    const { hash, text } = file.value
    const known = namesOf.get(hash)
    if (known) return known
    const { steps } = parseRunbook({ path: file.path, text })
    const names = steps.flatMap(({ commands, queries }) =>
      [...commands, ...queries].flatMap(({ attributes }) => attributes.name ?? []),
    )
    namesOf.set(hash, names)
    return names
  }

  function runbookIds(): readonly string[] {
    return inEffect(playbook.files('runbook')).flatMap(({ path }) => runbookIdOfPath(path) ?? [])
  }

  function flawsOf(entry: RemediationEntry, plans: ReadonlyMap<string, Plan>): readonly Flaw[] {
    const { when, do: deed, evidence } = entry
    const flaws: Flaw[] = []
    if ('plan' in when && !plans.has(when.plan)) {
      const message = say('plan', 'there is no plan', when.plan, [...plans.keys()])
      flaws.push({ at: ['when', 'plan'], message })
    }
    const id = runbookIdOf(deed.runbook)
    if (id === null || runbookPathOf(id) === null) {
      const message = `runbook: ${JSON.stringify(deed.runbook)} is no file of the playbook; only such a one can be trusted for this`
      return [...flaws, { at: ['do', 'runbook'], message }]
    }
    const own = codeNames(id)
    if (own === null) {
      const files = runbookIds().map((each) => each.slice('playbook:'.length))
      const message = say('runbook', 'there is no runbook', deed.runbook, files)
      return [...flaws, { at: ['do', 'runbook'], message }]
    }
    if (!own.includes(deed.step)) {
      const message = say('step', 'the runbook names no command', deed.step, own)
      flaws.push({ at: ['do', 'step'], message })
    }
    const shared = runbookIds()
      .filter((each) => each.startsWith(DIAGNOSTICS))
      .flatMap((each) => codeNames(each) ?? [])
    const known = [...own, ...shared]
    for (const [index, name] of evidence.entries()) {
      if (known.includes(name)) continue
      const message = say('evidence', 'neither the runbook nor a diagnostic names', name, known)
      flaws.push({ at: ['evidence', index], message })
    }
    return flaws
  }

  return (plans) => {
    const files = inEffect(playbook.files('remediation'))
    return {
      policies: policiesOf(files.map(({ value }) => value)),
      problems: files.flatMap((file) =>
        file.value.remediations.flatMap((entry, index) =>
          flawsOf(entry, plans).map(({ at, message }) =>
            placed(file, ['remediations', index, ...at], message),
          ),
        ),
      ),
    }
  }
}

function say(key: string, what: string, word: string, among: readonly string[]): string {
  const meant = suggest(word, among)
  const hint = meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`
  return `${key}: ${what} ${JSON.stringify(word)}${hint}`
}
