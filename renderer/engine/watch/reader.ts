import type { EngineStatus } from '#shared/contract/messages.ts'
import type { Reader } from '#shared/domain/person/identity.ts'

let last: { readonly key: string; readonly reader: Reader } | null = null

/** Who reads this page. The same object as long as nothing of it changes, however often the status comes. */
export function readerOf(
  status: Pick<EngineStatus, 'you' | 'owner' | 'people'> | null,
): Reader | undefined {
  if (!status) return undefined
  const { you, owner, people } = status
  const reader: Reader = { id: you.id, owner, people }
  const key = JSON.stringify(reader)
  if (last?.key !== key) last = { key, reader }
  return last.reader
}
