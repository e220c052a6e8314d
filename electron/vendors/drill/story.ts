import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Actor, Hold } from './plot/actor.ts'
import { calm } from './plot/calm.ts'
import { money } from './plot/money.ts'
import { sideEffects } from './plot/side-effects.ts'
import { storm } from './plot/storm.ts'
import { createRandom } from './random.ts'

/** An alert of the story as it is at one instant. */
export interface StoryAlert {
  readonly labels: Labels
  readonly annotations: Labels
  /** When it began, ms on the story's clock; null: before the first telling. */
  readonly sinceMs: number | null
  readonly expression: string
  readonly hold: Hold | null
}

/**
 * Who acts in one telling of the story. Pods, nodes and figures differ from telling to telling, the
 * scenes do not. The same seed and loop give the same story on every machine.
 */
export function storyOf(seed: number, loop: number): readonly Actor[] {
  return [
    ...calm(createRandom(seed, loop, 'calm')),
    ...money(createRandom(seed, loop, 'money')),
    ...sideEffects(createRandom(seed, loop, 'side effects')),
    ...storm(createRandom(seed, loop, 'storm')),
  ]
}

/**
 * The alerts that are active at `atMs` on the story's clock. Any instant can be asked for by itself:
 * nothing is accumulated from the instants before.
 */
export function storyAt(seed: number, loop: number, atMs: number): readonly StoryAlert[] {
  return activeAt(storyOf(seed, loop), atMs)
}

/** The same for actors that are there already. */
export function activeAt(actors: readonly Actor[], atMs: number): readonly StoryAlert[] {
  const active: StoryAlert[] = []
  for (const { labels, says, fires, holds, expression } of actors) {
    const span = fires?.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)
    if (fires && !span) continue
    active.push({
      labels,
      annotations: says.findLast(({ fromMs }) => fromMs <= atMs)?.annotations ?? {},
      sinceMs: span?.fromMs ?? null,
      expression,
      hold: holds.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)?.hold ?? null,
    })
  }
  return active
}
