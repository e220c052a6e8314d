import { useIncoming } from './use-incoming.ts'
import { ChangeSourceList } from './change-source-list.tsx'
import { JobList } from './job-list.tsx'
import { ListenerPanel } from './listener-panel.tsx'
import screen from './settings.module.css'
import styles from './incoming.module.css'

/** How changes, feedback and reports of jobs reach Deckwatch, and whether they do. */
export function Incoming() {
  const { listener, jobs, error } = useIncoming()
  return (
    <>
      <p className={screen.lead}>
        Deployments and other changes, feedback of customers, and jobs that must report. They are
        set up in the files of the playbook.
      </p>
      {error === null ? null : (
        <p role="alert" className={styles.bad}>
          {error.message} {error.hint ?? ''}
        </p>
      )}
      {listener === null ? null : <ListenerPanel listener={listener.listener} />}
      {listener === null ? null : <ChangeSourceList sources={listener.sources} />}
      {jobs === null ? null : <JobList jobs={jobs} />}
      {listener === null && error === null ? <p className={screen.lead}>Loading…</p> : null}
    </>
  )
}
