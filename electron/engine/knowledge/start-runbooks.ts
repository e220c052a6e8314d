import type { RunbookSetting } from '#shared/domain/runbook/setting.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'
import type { FollowingRunbooks } from '../reactors/following-runbooks.ts'
import type { StatusBoard } from '../status/status-board.ts'
import type { Shelving } from './shelving.ts'

interface Deps {
  /** Left out where there are no runbooks. */
  readonly library: RunbookLibrary | undefined
  readonly setting: RunbookSetting
  readonly status: Pick<StatusBoard, 'runbooks'>
  readonly following: Pick<FollowingRunbooks, 'look'> | null
  readonly shelving: Pick<Shelving, 'look'> | null
}

/** Begins to follow the runbooks: cockpits hear of each other list, and the search takes it up. */
export function startRunbooks({ library, setting, status, following, shelving }: Deps): void {
  if (!library) return
  const tell = (revision: number) => {
    status.runbooks(revision)
    shelving?.look()
  }
  library.configure(setting)
  tell(library.revision())
  library.start(tell)
  following?.look()
}
