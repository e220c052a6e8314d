// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { SignedOut, SigningIn } from '#renderer/screens/door/door-screen.tsx'

afterEach(cleanup)

const textOf = (reason: Parameters<typeof SignedOut>[0]['reason']) => {
  render(<SignedOut reason={reason} />)
  return screen.getByRole('main').textContent
}

it('names the owner’s way in and that of everybody else', () => {
  const text = textOf(null)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Sign in to Deckwatch')
  expect(text).toContain('its path was printed when Deckwatch started')
  expect(text).toContain('Ask them for an invitation link')
})

it('gives whose access was revoked no instructions of the owner', () => {
  const text = textOf('revoked')
  expect(text).toContain('ask the owner for a new invitation link')
  expect(text).not.toContain('npm run')
})

it.each(['too-many', 'no-key'] as const)('offers no way in that does not help: %s', (reason) => {
  expect(textOf(reason)).not.toContain('npm run')
})

it('says that it signs in while it does', () => {
  render(<SigningIn />)
  expect(screen.getByRole('status').textContent).toContain('Signing in…')
  // Whoever waits for the page waits on.
  expect(screen.queryByRole('main')).toBeNull()
})
