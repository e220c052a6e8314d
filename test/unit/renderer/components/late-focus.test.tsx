// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useEffect, useRef, useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { focusLate, useLateFocus } from '#renderer/components/late-focus.ts'

afterEach(cleanup)

/** Something that is asked for, and comes when it is told to. */
function Asking({ hasHeading = false }: { readonly hasHeading?: boolean }) {
  const [asked, setAsked] = useState<object | null>(null)
  const [isThere, setThere] = useState(false)
  const [isGone, setGone] = useState(false)
  const focusLater = useLateFocus(asked)
  const come = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isThere) focusLater(come.current)
  }, [isThere, focusLater])
  return (
    <>
      {isGone ? null : <button onClick={() => setAsked({})}>Ask</button>}
      <input aria-label="Elsewhere" />
      {hasHeading ? <h2 tabIndex={-1}>Page</h2> : null}
      {isThere ? <input ref={come} aria-label="Come" /> : null}
      <span onClick={() => setThere(true)}>it comes</span>
      <span onClick={() => setGone(true)}>the button goes</span>
    </>
  )
}

function showAsking(hasHeading = false) {
  render(<Asking hasHeading={hasHeading} />)
  const tell = (text: string) => act(() => screen.getByText(text).click())
  return { user: userEvent.setup(), tell, focused: () => document.activeElement }
}

describe('what comes late', () => {
  it('has the focus where the person has waited for it', async () => {
    const { user, tell, focused } = showAsking()
    await user.click(screen.getByText('Ask'))
    tell('it comes')
    expect(focused()).toBe(screen.getByLabelText('Come'))
  })

  it('takes it from nobody who has gone elsewhere', async () => {
    const { user, tell, focused } = showAsking()
    await user.click(screen.getByText('Ask'))
    await user.click(screen.getByLabelText('Elsewhere'))
    tell('it comes')
    expect(focused()).toBe(screen.getByLabelText('Elsewhere'))
  })

  it('has it where what was pressed is gone', async () => {
    const { user, tell, focused } = showAsking()
    await user.click(screen.getByText('Ask'))
    tell('the button goes')
    expect(focused()).toBe(document.body)
    tell('it comes')
    expect(focused()).toBe(screen.getByLabelText('Come'))
  })

  it('has it where the page had put it on a heading meanwhile', async () => {
    const { user, tell, focused } = showAsking(true)
    await user.click(screen.getByText('Ask'))
    act(() => screen.getByText('Page').focus())
    tell('it comes')
    expect(focused()).toBe(screen.getByLabelText('Come'))
  })

  it('says whether it has it', () => {
    showAsking()
    const place = screen.getByLabelText('Elsewhere')
    expect(focusLate(null, null)).toBe(false)
    expect(focusLate(null, place)).toBe(true)
    expect(focusLate(null, screen.getByText('Ask'))).toBe(false)
    expect(focusLate(place, screen.getByText('Ask'))).toBe(true)
  })
})
