import {
  emptyWatch,
  forEachList,
  listNames,
  toSnapshot,
  watchSnapshotSchema,
  type ListName,
  type WatchSnapshot,
} from '../domain/watch/state.ts'

/** The parts of a snapshot that grow with the storm. */
type Lists = Pick<WatchSnapshot, ListName>

/** Entities in one slice: some ms to parse, also in a browser that may not compile its parsers. */
export const SLICE_SIZE = 200

const noLists = () => forEachList<Lists>(() => [])

/**
 * The snapshot in small ones, each valid by itself: every entity is in exactly one of them, and the
 * rest is in all. There is at least one. Joined again they are what they were.
 */
export function sliceSnapshot(
  snapshot: WatchSnapshot,
  size: number = SLICE_SIZE,
): readonly WatchSnapshot[] {
  const bare = { ...snapshot, ...noLists() }
  const done: WatchSnapshot[] = []
  let slice: WatchSnapshot = bare
  let room = size
  for (const part of listNames) {
    const list: readonly unknown[] = snapshot[part]
    for (let start = 0; start < list.length;) {
      if (room === 0) {
        done.push(slice)
        slice = bare
        room = size
      }
      const piece = list.slice(start, start + room)
      slice = { ...slice, [part]: piece }
      start += piece.length
      room -= piece.length
    }
  }
  return [...done, slice]
}

/** The whole of slices in their order; of what is not a list, the last one counts. */
export function joinSnapshots(slices: readonly WatchSnapshot[]): WatchSnapshot {
  const last = slices.at(-1) ?? toSnapshot(emptyWatch)
  const lists = forEachList<Lists>(
    (name) => slices.flatMap((slice): unknown[] => slice[name]) as Lists[ListName],
  )
  return { ...last, ...lists }
}

/** A slice read from outside: what it does not name is empty. Null when it cannot be read. */
export function readSlice(slice: Readonly<Record<string, unknown>>): WatchSnapshot | null {
  const read = watchSnapshotSchema.safeParse({ ...noLists(), ...slice })
  return read.success ? read.data : null
}
