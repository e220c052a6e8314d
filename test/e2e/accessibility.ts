import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'

/** One rule that a page breaks, and the elements that break it. */
export type Defect = readonly [rule: string, elements: readonly string[]]

/**
 * What axe finds wrong with a page; nothing is what every screen is held to. Legacy mode spares axe
 * a second page to put the answers of frames together, half of its time: ours have no frames. To name
 * all that is right would take half of the rest.
 */
export async function accessibilityDefects(page: Page): Promise<readonly Defect[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

/**
 * Where each screen is looked at: both schemes, a small window, and 1280 by 800 at 200 % zoom, each
 * of them once, since colours do not depend on the size.
 */
export const layouts = [
  ['dark', 1280, 800],
  ['light', 640, 400],
] as const
