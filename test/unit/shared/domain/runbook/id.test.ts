import { describe, expect, it } from 'vitest'
import { runbookIdSchema } from '#shared/domain/runbook/entry.ts'
import {
  runbookAddressOf,
  runbookIdOf,
  runbookIdOfPath,
  runbookPathOf,
} from '#shared/domain/runbook/id.ts'
import { MAX_RUNBOOK_ADDRESS } from '#shared/domain/runbook/limits.ts'

describe('the id of a runbook', () => {
  it.each([
    ['payments/x.md', 'playbook:payments/x.md'],
    ['payments/x.md#back', 'playbook:payments/x.md'],
    ['runbooks/payments/x.md', 'playbook:payments/x.md'],
    ['./payments/x.yaml', 'playbook:payments/x.yaml'],
    ['/payments/x', 'playbook:payments/x.md'],
    ['a%20b/x.md', null],
    ['payments/%C3%BC.md', 'playbook:payments/ü.md'],
    ['https://Runbooks.Example.com/x.md', 'url:https://runbooks.example.com/x.md'],
    ['https://runbooks.example.com:443/x#step', 'url:https://runbooks.example.com/x'],
    ['http://runbooks.example.com:8080', 'url:http://runbooks.example.com:8080/'],
    ['HTTPS://wiki.example/a?page=1', 'url:https://wiki.example/a?page=1'],
    ['https://wiki.example?page=1', 'url:https://wiki.example/?page=1'],
    ['https://wiki.example/ü', 'url:https://wiki.example/%C3%BC'],
    ['http://[::1]:9090/x', 'url:http://[::1]:9090/x'],
  ])('of the link %s is %s', (link, id) => {
    expect(runbookIdOf(link)).toBe(id)
    if (id !== null) expect(runbookIdSchema.safeParse(id).success).toBe(true)
  })

  it.each([
    '',
    'ask the platform team',
    'TBD',
    '../secrets.md',
    'a/../../x.md',
    'payments//x.md',
    '.hidden/x.md',
    'a\\b.md',
    'C:/x.md',
    'javascript:alert(1).md',
    'file:///etc/passwd',
    'ftp://x.example/a.md',
    'https://user:secret@wiki.example/x',
    'https://wiki.example@evil.example/x',
    'https://wiki.example\\@evil.example/x',
    'https://wiki.exämple/x',
    'https:///x',
    'https://wiki.example/a b',
    'https://wiki.example/\u202e',
    `https://wiki.example/${'a'.repeat(MAX_RUNBOOK_ADDRESS)}`,
    `https://wiki.example/${'ü'.repeat(MAX_RUNBOOK_ADDRESS / 2)}`,
    'https://wiki.example/\ud800',
    '%E0%A4%A.md',
  ])('is none for %j', (link) => {
    const id = runbookIdOf(link)
    // What cannot be seen is sent as what it is, never as itself.
    if (id !== null) expect(id).toBe('url:https://wiki.example/%E2%80%AE')
    else expect(id).toBeNull()
  })

  it('leads back to the file or the address', () => {
    expect(runbookIdOfPath('runbooks/a/b.md')).toBe('playbook:a/b.md')
    expect(runbookIdOfPath('plans/a.yaml')).toBeNull()
    expect(runbookPathOf('playbook:a/b.md')).toBe('runbooks/a/b.md')
    expect(runbookPathOf('url:https://a.example/')).toBeNull()
    expect(runbookAddressOf('url:https://a.example/')).toBe('https://a.example/')
    expect(runbookAddressOf('playbook:a/b.md')).toBeNull()
  })
})
