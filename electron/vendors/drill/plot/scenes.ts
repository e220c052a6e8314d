/** A stretch of the story, in ms on its own clock, under the name that people see. */
export interface Scene {
  readonly fromMs: number
  readonly name: string
}

/** How long one telling takes, ms on the story's clock. The last scene is the pause before the next. */
export const STORY_LENGTH_MS = 420_000

/** All scenes in order; the first starts at 0. */
export const scenes: readonly Scene[] = [
  { fromMs: 0, name: 'A quiet shift' },
  { fromMs: 5_000, name: 'Checkout slows down' },
  { fromMs: 25_000, name: 'Card payments fail' },
  { fromMs: 45_000, name: 'Orders go wrong' },
  { fromMs: 62_000, name: 'Checkout gets critical' },
  { fromMs: 72_000, name: 'Side effects, and work that was announced' },
  { fromMs: 95_000, name: 'Delivery times flap' },
  { fromMs: 130_000, name: 'Storm: courier dispatch loses a zone' },
  { fromMs: 240_000, name: 'Recovery: couriers are back' },
  { fromMs: 280_000, name: 'Recovery: payments and orders' },
  { fromMs: 305_000, name: 'Recovery: checkout and the rest' },
  { fromMs: 345_000, name: 'Quiet again' },
]

/** The name of the scene at `atMs` on the story's clock. */
export function sceneAt(atMs: number): string {
  const scene = scenes.findLast(({ fromMs }) => fromMs <= atMs) ?? scenes[0]
  return scene?.name ?? ''
}
