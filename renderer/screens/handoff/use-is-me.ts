import { currentId } from '#shared/domain/person/identity.ts'
import { useMirror } from '../../engine/cockpit/context.ts'

/** Whether an id of a person is that of whoever reads this page. */
export function useIsMe(): (id: string | null) => boolean {
  const you = useMirror(({ status }) => status?.you.id)
  const owner = useMirror(({ status }) => status?.owner)
  return (id) => {
    if (id === null || you === undefined || owner === undefined) return false
    return currentId(id, { owner }) === currentId(you, { owner })
  }
}
