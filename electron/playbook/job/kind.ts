import { jobsFileSchema, type JobsFile } from '#shared/domain/job/file.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'

/** Largest list of jobs that is read, bytes. */
const MAX_JOBS_BYTES = 512 * 1024

const EMPTY = 'the file is empty. Start with: jobs: [{ job: backup, every: 24h, grace: 2h }]'

/** The jobs that must report. */
export const jobsKind: FileKind<JobsFile> = {
  pattern: 'jobs.yaml',
  noun: 'list of jobs',
  maxBytes: MAX_JOBS_BYTES,
  links: 'inside',
  whenGone: 'drop',
  schema: jobsFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: jobsFileSchema, whenEmpty: EMPTY }),
}
