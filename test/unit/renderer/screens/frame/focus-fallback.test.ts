import { describe, expect, it } from 'vitest'
import { fallbackFor, type Place } from '#renderer/screens/frame/focus-fallback.ts'

interface FakePlace extends Place {
  readonly heading: FakePlace | null
}

/** An element that one of the selectors names; gone where told so. */
function place(name: string, over: Partial<FakePlace> = {}): FakePlace {
  const matches = (selectors: string) => selectors.split(', ').includes(name)
  return { isConnected: true, matches, heading: null, ...over }
}
const gone = (name: string) => place(name, { isConnected: false })
const headingIn = ({ heading }: FakePlace) => heading

const title = place('h2')
const main = place('main', { heading: title })
const body = place('body', { heading: title })

describe('the focus of a button that is gone', () => {
  it('goes to the group or the list that the button was in', () => {
    const list = place('ul')
    const group = place('[role="group"]')
    expect(fallbackFor([gone('button'), group, list, main, body], headingIn)).toEqual({
      target: group,
      isNear: true,
    })
    expect(fallbackFor([gone('button'), gone('li'), list, main, body], headingIn)?.target).toBe(
      list,
    )
  })

  it('goes to the heading of what was around it, the nearest first', () => {
    const heading = place('h3')
    const panel = place('section', { heading })
    const path = [gone('button'), place('div'), panel, main, body]
    expect(fallbackFor(path, headingIn)?.target).toBe(heading)
    expect(fallbackFor([gone('button'), gone('section'), main, body], headingIn)?.target).toBe(
      title,
    )
  })

  it('stays in an open box that has neither', () => {
    const box = place('[role="dialog"]')
    const path = [gone('button'), gone('ul'), box, body]
    expect(fallbackFor(path, headingIn)).toEqual({ target: box, isNear: true })
  })

  it('leaves it to who opened a box that is gone itself, before it takes the heading', () => {
    const path = [gone('button'), gone('[role="dialog"]'), place('div'), body]
    expect(fallbackFor(path, headingIn)).toEqual({ target: title, isNear: false })
  })

  it('goes nowhere where another screen was called', () => {
    expect(fallbackFor([gone('button'), gone('main'), body], headingIn)).toBeNull()
  })
})
