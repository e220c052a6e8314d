// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { MarkdownText } from '#renderer/components/markdown-text.tsx'

afterEach(cleanup)

function show(text: string): HTMLElement {
  return render(<MarkdownText>{text}</MarkdownText>).container
}

it('renders what a step needs: emphasis, code, lists and links', () => {
  const shown = show('Look at **all** `pods`:\n\n- [status](https://status.example/)\n- logs')
  expect(shown.querySelector('strong')?.textContent).toBe('all')
  expect(shown.querySelector('code')?.textContent).toBe('pods')
  expect([...shown.querySelectorAll('li')].map((each) => each.textContent)).toEqual([
    'status',
    'logs',
  ])
})

it('opens links outside and tells the other side nothing', () => {
  const [written, bare] = show(
    'See [status](https://status.example/) or https://other.example/x.',
  ).querySelectorAll('a')
  expect(written?.href).toBe('https://status.example/')
  expect(bare?.href).toBe('https://other.example/x')
  for (const link of [written, bare]) {
    expect(link?.target).toBe('_blank')
    expect(link?.rel).toBe('noreferrer noopener')
  }
})

it.each([
  ['a script in a link', '[click](javascript:alert(1))', 'click'],
  ['a scheme of its own', '[call](tel:123)', 'call'],
  ['a disguised host', '[bank](https://bank.example@evil.example/)', 'bank'],
])('makes no link of %s', (_, text, words) => {
  const shown = show(text)
  expect(shown.querySelector('a')).toBeNull()
  expect(shown.textContent).toContain(words)
})

it('loads no image, and says what it would have shown', () => {
  const shown = show('![graph](https://evil.example/pixel.png)')
  expect(shown.querySelector('img')).toBeNull()
  expect(shown.textContent).toContain('graph')
})

it('shows HTML as the text that it is', () => {
  const shown = show('<b onclick="x()">now</b>\n\n<script>alert(1)</script>')
  expect(shown.querySelector('b, script')).toBeNull()
  expect(shown.textContent).toContain('<script>alert(1)</script>')
})

it('loses no word of what it does not render', () => {
  const shown = show('# Title\n\n> quoted\n\n---\n\nrest')
  expect(shown.querySelector('h1, blockquote, hr')).toBeNull()
  expect(shown.textContent.replaceAll(/\s+/g, ' ')).toContain('Title')
  expect(shown.textContent).toContain('quoted')
})
