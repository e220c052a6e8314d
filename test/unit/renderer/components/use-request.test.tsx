// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { identityKey } from '#renderer/components/identity-key.ts'
import { useRequest } from '#renderer/components/use-request.ts'

afterEach(cleanup)

interface PartProps {
  readonly request: { readonly what: string } | null
  readonly done: string[]
  readonly by?: string
}

function Part({ request, done, by = 'part' }: PartProps) {
  useRequest(request, ({ what }) => {
    done.push(`${by}: ${what}`)
  })
  return null
}

describe('a request', () => {
  it('is done once, however often its part renders, and again when it is asked again', () => {
    const done: string[] = []
    const { rerender } = render(<Part request={null} done={done} />)
    expect(done).toEqual([])
    const request = { what: 'focus' }
    rerender(<Part request={request} done={done} />)
    rerender(<Part request={request} done={done} />)
    expect(done).toEqual(['part: focus'])
    rerender(<Part request={{ what: 'focus' }} done={done} />)
    expect(done).toEqual(['part: focus', 'part: focus'])
  })

  it('waits for its part to be shown, and is not done again by one that is shown anew', () => {
    const done: string[] = []
    const request = { what: 'focus' }
    render(<Part request={request} done={done} />).unmount()
    render(<Part request={request} done={done} />)
    expect(done).toEqual(['part: focus'])
  })

  it('is done by what was rendered last', () => {
    const done: string[] = []
    const { rerender } = render(<Part request={null} done={done} by="before" />)
    rerender(<Part request={{ what: 'scroll' }} done={done} by="now" />)
    expect(done).toEqual(['now: scroll'])
  })
})

describe('identityKey', () => {
  it('is the same for the same object, and another for its twin', () => {
    const one = { editing: null }
    expect(identityKey(one)).toBe(identityKey(one))
    expect(identityKey(one)).not.toBe(identityKey({ editing: null }))
    expect(identityKey(null)).toBe(identityKey(null))
  })
})
