import type { JobBody } from './events.ts'
import type { JobRecord } from './schema.ts'

/** What is known of a job after an event; undefined when it is watched no longer. */
export function evolveJob(
  record: JobRecord | undefined,
  body: JobBody,
  at: number,
): JobRecord | undefined {
  switch (body.type) {
    case 'job.watched':
      return (
        record ?? { job: body.job, watchedSince: at, last: null, failedSince: null, lastOkAt: null }
      )
    case 'job.dropped':
      return undefined
    case 'job.reported': {
      if (!record) return undefined
      const { status, reportedAt, way } = body
      const isOk = status === 'ok' && reportedAt > (record.lastOkAt ?? -Infinity)
      const lastOkAt = isOk ? reportedAt : record.lastOkAt
      // Reports may come late and out of order: what a run said that ended earlier is history.
      const isNewer = !record.last || reportedAt >= record.last.at
      if (!isNewer) return { ...record, lastOkAt }
      const failedSince = status === 'ok' ? null : (record.failedSince ?? reportedAt)
      return { ...record, lastOkAt, failedSince, last: { status, at: reportedAt, way } }
    }
  }
}
