import type { Alert } from '../alert/schema.ts'
import type { Restrictions } from '../confidential/may-see.ts'
import type { Members } from '../incident/members.ts'
import type { Incident } from '../incident/schema.ts'
import type { Muting } from '../muting/schema.ts'
import type { Source } from '../source/schema.ts'
import type { Page } from './schema.ts'

/** What is known when it is decided whom to call and what to say: part of the watch's state. */
export interface PagingState {
  /** By alert key. */
  readonly alerts: ReadonlyMap<string, Alert>
  /** By incident id. */
  readonly incidents: ReadonlyMap<string, Incident>
  /** The keys of the alerts of each incident. */
  readonly members: Members
  /** By source id. */
  readonly sources: ReadonlyMap<string, Source>
  /** By page id, oldest first. */
  readonly pages: ReadonlyMap<string, Page>
  readonly muting: Muting
  /** Who may see the incidents that are confidential, by incident id. */
  readonly restrictions: Restrictions
  /** Spellings of unknown severity words that have paged before. */
  readonly pagedWords: readonly string[]
}
