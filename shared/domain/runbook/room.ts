/** A page that is kept, as far as it counts for the room. */
export interface KeptPage {
  readonly id: string
  /** Bytes. */
  readonly size: number
  /** ms since the epoch, UTC. */
  readonly fetchedAt: number
}

/** How much is kept. */
export interface Room {
  readonly pages: number
  /** Of all pages together. */
  readonly bytes: number
}

/**
 * The pages that make room, in the order in which they go: first those that no active alert and no
 * plan leads to, and of each the oldest first.
 */
export function makingRoom(
  pages: readonly KeptPage[],
  isLinked: (id: string) => boolean,
  room: Room,
): readonly string[] {
  const inOrder = pages.toSorted(
    (a, b) =>
      Number(isLinked(a.id)) - Number(isLinked(b.id)) ||
      a.fetchedAt - b.fetchedAt ||
      (a.id < b.id ? -1 : 1),
  )
  let count = pages.length
  let bytes = pages.reduce((sum, { size }) => sum + size, 0)
  const gone: string[] = []
  for (const { id, size } of inOrder) {
    if (count <= room.pages && bytes <= room.bytes) break
    gone.push(id)
    count -= 1
    bytes -= size
  }
  return gone
}
