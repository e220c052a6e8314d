import { ok } from '#shared/domain/result/result.ts'
import type { ChangeSources } from '../ports/change-sources.ts'
import type { ListenerPort } from '../ports/listener.ts'
import type { JobWatch } from '../jobs/job-watch.ts'
import type { Handlers } from './dispatch.ts'

interface Deps {
  /** Left out where nothing listens. */
  readonly listener?: Pick<ListenerPort, 'status'>
  readonly changeSources?: Pick<ChangeSources, 'status'>
  readonly jobWatch: Pick<JobWatch, 'list'>
}

/** Where changes, feedback and reports of jobs come from. */
export function changesHandlers({ listener, changeSources, jobWatch }: Deps) {
  return {
    'listener.read': () =>
      ok({
        listener: listener?.status() ?? nothingListens,
        sources: [...(changeSources?.status() ?? [])],
      }),
    'jobs.list': () => ok({ jobs: [...jobWatch.list()] }),
  } satisfies Partial<Handlers>
}

const nothingListens: ReturnType<ListenerPort['status']> = {
  isConfigured: false,
  isListening: false,
  address: null,
  isSigned: false,
  problem: null,
  taken: 0,
  lastTakenAt: null,
  refused: { misdirected: 0, unsigned: 0, oversized: 0, tooMany: 0, notUnderstood: 0 },
  lastRefusedAt: null,
}
