import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { readKey, writeKey, type LocalStore } from '../../engine/page/local-store.ts'
import { defaultSort, sortColumns, type AlertSort } from './entries/alert-order.ts'
import { MAX_FILTER_LENGTH } from '../../lists/filter-terms.ts'

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

/** How this reader likes the alerts screen. Kept in this browser, as long as it keeps anything. */
export interface AlertPreferences {
  readonly hidden: readonly OptionalColumn[]
  readonly sort: AlertSort
  readonly saved: readonly SavedFilter[]
}

/** What everybody starts with; like others they can be renamed and deleted. */
export const firstFilters: readonly SavedFilter[] = [
  { name: 'Triggered', text: '@state=triggered' },
  { name: 'Mine', text: '@acknowledged=me' },
  { name: 'Suppressed', text: '@state=suppressed' },
  { name: 'New', text: '@age<15m @state!=resolved' },
]

/** The entries that can be read: a word of another build costs itself, and nothing beside it. */
function listOf<Item>(schema: z.ZodType<Item>) {
  return z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry) => {
      const { data } = schema.safeParse(entry)
      return data === undefined ? [] : [data]
    }),
  )
}

const preferencesSchema = z.object({
  hidden: listOf(z.enum(optionalColumns)).catch([]),
  sort: z
    .object({ column: z.enum(sortColumns), isReversed: z.boolean() })
    .catch(() => ({ ...defaultSort })),
  saved: z
    .union([z.tuple([]), listOf(savedFilterSchema).refine((saved) => saved.length > 0)])
    .transform((saved): readonly SavedFilter[] => saved.slice(0, MAX_SAVED))
    .catch(() => firstFilters),
})

/** The preferences of this reader, in all tabs of this browser. */
export interface Preferences extends Pick<
  StoreApi<AlertPreferences>,
  'getState' | 'getInitialState' | 'subscribe'
> {
  /** Changes what is kept by now, which another tab may have written. */
  readonly change: (update: (now: AlertPreferences) => Partial<AlertPreferences>) => void
}

const KEY = 'deckwatch.alerts'

/**
 * Preferences that are written down at each change. Where that fails they hold until the reload.
 *
 * @param listen calls back when another tab has written to the storage.
 */
export function createPreferences(
  storage: LocalStore,
  listen: (changed: () => void) => void = () => undefined,
): Preferences {
  let known = readKey(storage, KEY)
  const store = createStore<AlertPreferences>(() => parse(known))
  const follow = () => {
    const text = readKey(storage, KEY)
    // What this page could not write, and what was cleared, still holds here.
    if (text === null || text === known) return
    known = text
    store.setState(parse(text))
  }
  listen(follow)
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    change(update) {
      follow()
      store.setState(update)
      const text = JSON.stringify(store.getState())
      if (writeKey(storage, KEY, text)) known = text
    },
  }
}

/** What the text says as far as it can be read; the rest is as it is to begin with. */
function parse(text: string | null): AlertPreferences {
  return preferencesSchema.parse(toRecord(text))
}

function toRecord(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
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
