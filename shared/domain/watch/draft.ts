import type { MembersDraft } from '../incident/members.ts'
import type { Muting } from '../muting/schema.ts'
import type { ListDraft } from './list-draft.ts'
import type { EntityOf, ListName } from './state.ts'

/** The state while events change it, with nothing copied that they leave alone. */
export type Draft = { readonly [Name in ListName]: ListDraft<EntityOf<Name>> } & {
  seq: number
  muting: Muting
  pagedWords: readonly string[]
  readonly members: MembersDraft
}
