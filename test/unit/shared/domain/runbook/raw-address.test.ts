import { describe, expect, it } from 'vitest'
import { rawAddressOf } from '#shared/domain/runbook/raw-address.ts'

describe('the text behind a page of a repository', () => {
  it.each([
    [
      'https://github.com/acme/run-books/blob/main/payments/x.md?plain=1',
      'https://raw.githubusercontent.com/acme/run-books/main/payments/x.md',
    ],
    [
      'https://github.com/acme/run.books/raw/v1.2/x.md',
      'https://raw.githubusercontent.com/acme/run.books/v1.2/x.md',
    ],
    [
      'https://gitlab.example.com/team/sub/books/-/blob/main/x.md#L3',
      'https://gitlab.example.com/team/sub/books/-/raw/main/x.md',
    ],
  ])('%s is at %s', (address, raw) => {
    expect(rawAddressOf(address)).toBe(raw)
  })

  it.each([
    'https://github.com/acme/books',
    'https://github.com/acme/books/tree/main/payments',
    'https://github.com/acme/books/blob/main',
    'https://github.com.evil.example/acme/books/blob/main/x.md',
    'https://evil.example/github.com/acme/books/blob/main/x.md',
    'http://github.com/acme/books/blob/main/x.md',
    'https://github.com:444/acme/books/blob/main/x.md',
    'https://gitlab.example.com/team/books/-/raw/main/x.md',
    'https://evil.example/?x=/a/-/blob/main/x.md',
    'https://raw.githubusercontent.com/acme/books/main/x.md',
  ])('%s is its own', (address) => {
    expect(rawAddressOf(address)).toBeNull()
  })
})
