import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { sortColumns, defaultSort } from './alert-order.ts'
import { MAX_FILTER_LENGTH } from './alert-filter-terms.ts'

/** The columns that can be left out, in their order on the screen. */
export const optionalColumns = ['labels', 'source', 'incident', 'since', 'why'] as const
export type OptionalColumn = (typeof optionalColumns)[number]

/** Longest name of a saved filter, and most of them. */
export const MAX_NAME_LENGTH = 40
export const MAX_SAVED = 50

const savedFilterSchema = z.object({
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
  text: z.string().max(MAX_FILTER_LENGTH),
})
export type SavedFilter = Readonly<z.infer<typeof savedFilterSchema>>

const preferencesSchema = z.object({
  hidden: z.array(z.enum(optionalColumns)).default([]),
  sort: z
    .object({ column: z.enum(sortColumns), isReversed: z.boolean() })
    .default({ ...defaultSort }),
  saved: z.array(savedFilterSchema).max(MAX_SAVED).nullable().default(null),
})

/** How this reader likes the alerts screen. Kept in this browser, as long as it keeps anything. */
export interface AlertPreferences {
  readonly hidden: readonly OptionalColumn[]
  readonly sort: z.infer<typeof preferencesSchema>['sort']
  readonly saved: readonly SavedFilter[]
}

/** What everybody starts with; like others they can be renamed and deleted. */
export const firstFilters: readonly SavedFilter[] = [
  { name: 'Needs you', text: '@state=needs-you' },
  { name: 'Mine', text: '@acknowledged=me' },
  { name: 'Suppressed', text: '@state=suppressed' },
  { name: 'New', text: '@age<15m @state!=resolved' },
]

/** The little that is needed of the browser's storage. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'deckwatch.alerts'

/** Preferences that are written down at each change. Where that fails they hold until the reload. */
export function createPreferences(storage: KeyValueStorage): StoreApi<AlertPreferences> {
  const store = createStore<AlertPreferences>(() => load(storage))
  store.subscribe((preferences) => {
    try {
      storage.setItem(KEY, JSON.stringify(preferences))
    } catch {
      // Full or forbidden: nothing that somebody on call should be stopped for.
    }
  })
  return store
}

function load(storage: KeyValueStorage): AlertPreferences {
  const { saved, ...preferences } = preferencesSchema.parse(read(storage))
  return { ...preferences, saved: saved ?? firstFilters }
}

/** What is stored, or nothing where it cannot be read or was written by something else. */
function read(storage: KeyValueStorage): unknown {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? '{}')
    return preferencesSchema.safeParse(stored).success ? stored : {}
  } catch {
    return {}
  }
}

/** The list with this filter in it: one of the same name is replaced, else it is added at the end. */
export function saveFilter(
  saved: readonly SavedFilter[],
  { name, text }: SavedFilter,
): readonly SavedFilter[] {
  const trimmed = name.trim().slice(0, MAX_NAME_LENGTH)
  if (trimmed === '') return saved
  const filter = { name: trimmed, text }
  return saved.some((each) => each.name === trimmed)
    ? saved.map((each) => (each.name === trimmed ? filter : each))
    : [...saved, filter].slice(0, MAX_SAVED)
}

/** The list with another name for one; unchanged where that name is taken or empty. */
export function renameFilter(
  saved: readonly SavedFilter[],
  name: string,
  newName: string,
): readonly SavedFilter[] {
  const trimmed = newName.trim().slice(0, MAX_NAME_LENGTH)
  if (trimmed === '' || saved.some((each) => each.name === trimmed)) return saved
  return saved.map((each) => (each.name === name ? { ...each, name: trimmed } : each))
}
