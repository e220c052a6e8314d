import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../../../renderer/theme/tokens.css', import.meta.url), 'utf8')

/** The colours of one theme by token, from `--name: light-dark(#light, #dark)`. */
function colours(theme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const tokens = css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)
  return new Map(
    [...tokens].map(([, name, light, dark]) => [name!, theme === 'light' ? light! : dark!]),
  )
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const digits = hex.slice(1).replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3')
  const [r, g, b] = [0, 2, 4]
    .map((at) => parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

const severities = ['p0', 'p1', 'p2', 'p3']
const surfaces = ['surface-panel', 'surface-raised', 'surface-hover', 'surface-selected']
const texts = ['text', 'text-secondary', 'text-muted', 'accent-ink', 'good', 'warn', 'bad']
const tinted = ['warn', 'bad', 'drill']

/** Every pair of a colour and what it is used upon, with the contrast that WCAG AA asks for. */
const pairs: [colour: string, ground: string, least: number][] = [
  ...[...texts, ...severities].flatMap((text) =>
    surfaces.map((surface): [string, string, number] => [text, surface, 4.5]),
  ),
  ...severities.map((each): [string, string, number] => [`${each}-ink`, `${each}-fill`, 4.5]),
  ...[...severities.map((each) => `${each}-fill`), 'focus'].flatMap((mark) =>
    surfaces.map((surface): [string, string, number] => [mark, surface, 3]),
  ),
  ...tinted.flatMap((tint) =>
    ['text', 'text-secondary', 'text-muted', 'accent-ink', tint].map(
      (text): [string, string, number] => [text, `${tint}-surface`, 4.5],
    ),
  ),
  ['accent-text', 'accent', 4.5],
  ['accent-text', 'accent-hover', 4.5],
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const palette = colours(theme)

  it.each(pairs)('%s upon %s has a contrast of %d', (colour, ground, least) => {
    const [above, below] = [palette.get(colour), palette.get(ground)]
    expect(above, `--${colour} is in tokens.css`).toBeDefined()
    expect(below, `--${ground} is in tokens.css`).toBeDefined()
    expect(contrast(above!, below!)).toBeGreaterThanOrEqual(least)
  })
})
