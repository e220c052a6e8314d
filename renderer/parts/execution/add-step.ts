import { withStep } from '#shared/domain/runbook/step-text.ts'
import type { EngineClient } from '../../engine/bridge/engine-client.ts'

type Client = Pick<EngineClient, 'request'>

/** The runbooks that a step can be added to. */
export interface RunbookFiles {
  readonly isEditable: boolean
  /** In the playbook, in their order. */
  readonly paths: readonly string[]
  /** What to do where there is none, in words. */
  readonly why: string
}

/** Which files of the playbook are runbooks in Markdown, and whether they can be changed from here. */
export async function runbookFilesOf(client: Client): Promise<RunbookFiles> {
  const read = await client.request('playbook.read', {})
  if (!read.ok) return { isEditable: false, paths: [], why: 'Copy the step into a runbook.' }
  const { isEditable, files } = read.value
  const paths = files
    .filter(({ kind, path }) => kind === 'runbook' && path.endsWith('.md'))
    .map(({ path }) => path)
    .toSorted()
  const why = isEditable
    ? 'The playbook has no runbook in Markdown yet: copy the step into one.'
    : 'The playbook comes from a Git repository: copy the step, and commit it there.'
  return { isEditable, paths, why }
}

/** Adds a step at the end of a runbook; why that cannot be, in words, else null. */
export async function addStep(client: Client, path: string, step: string): Promise<string | null> {
  const file = await client.request('playbook.file', { path })
  if (!file.ok) return file.error.message
  const { text, version } = file.value
  const saved = await client.request('playbook.save', { path, version, text: withStep(text, step) })
  if (!saved.ok) return saved.error.message
  const outcome = saved.value
  return outcome.outcome === 'refused' ? `${outcome.message} ${outcome.hint}`.trim() : null
}
