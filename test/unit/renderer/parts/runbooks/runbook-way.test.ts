import { describe, expect, it } from 'vitest'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { runbookWayOf } from '#renderer/parts/runbooks/runbook-way.ts'
import { runbookFileWith, runbookPageWith } from '#test/fixtures/runbook-entries.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

const href = 'https://wiki.example/pods#fix'
const byUrl = alertWith({ key: 'k1', annotations: { runbook_url: href } })
const noPlan = undefined

function known(...entries: readonly RunbookEntry[]) {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return {
    list: { revision: 1, more: 0, listedAt: 1, entries: [...entries], byId },
    kept: new Map(),
  }
}

describe('the runbook of an incident', () => {
  it('is the file of its plan before what alerts name, also before the list is there', () => {
    const plan = { runbook: 'payments/x.md#fix', links: [] }
    expect(runbookWayOf([byUrl], plan, { list: null, kept: new Map() })).toEqual({
      kind: 'here',
      place: { id: 'playbook:payments/x.md', fragment: 'fix' },
      href: null,
    })
  })

  it('is the page of an alert here where its text is there, with its address beside it', () => {
    const page = runbookPageWith('https://wiki.example/pods', '# Pods')
    expect(runbookWayOf([byUrl], noPlan, known(page))).toEqual({
      kind: 'here',
      place: { id: page.id, fragment: 'fix' },
      href,
    })
  })

  it('is the page in the browser where it is not, with an offer where it is known', () => {
    const page = runbookPageWith('https://wiki.example/pods', null)
    expect(runbookWayOf([byUrl], noPlan, known(page))).toMatchObject({
      kind: 'outside',
      href,
      offer: { id: page.id },
    })
    expect(runbookWayOf([byUrl], noPlan, known())).toEqual({ kind: 'outside', href, offer: null })
  })

  it('is a file that an alert names only where there is such a file', () => {
    const alert = alertWith({ key: 'k1', annotations: { runbook: 'disk.md#full' } })
    expect(
      runbookWayOf([alert], noPlan, known(runbookFileWith('disk.md', '# Disk'))),
    ).toMatchObject({
      kind: 'here',
      place: { id: 'playbook:disk.md', fragment: 'full' },
    })
    expect(runbookWayOf([alert], noPlan, known())).toBeNull()
  })

  it('is none of a disguised address', () => {
    const alert = alertWith({
      key: 'k1',
      annotations: { runbook_url: 'https://bank.example@evil.example/' },
    })
    expect(runbookWayOf([alert], noPlan, known())).toBeNull()
  })
})
