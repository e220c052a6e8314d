import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { browserName } from '#electron/host/browser/access/browser-name.ts'
import { accessHelp, type AccessCommand } from '#electron/host/browser/access/options.ts'
import { runAccess } from '#electron/host/browser/access/run.ts'
import { openInvitations } from '#electron/host/browser/door/invitations.ts'
import { listenerPlaces, ownPath } from '#electron/listener/path.ts'
import { ownerGuest } from '#electron/host/browser/door/owner-sign-in.ts'
import { openSessions } from '#electron/host/browser/door/sessions.ts'
import { doorPlaces } from '#electron/host/browser/door/places.ts'
import { defaultPaths } from '#electron/host/node/paths.ts'
import { writeRunning } from '#electron/host/browser/door/running.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { ada, bo } from '#test/fixtures/persons.ts'

const NOW = Date.UTC(2026, 10, 28)
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-access-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A host runs, and this is who people are to it. */
function running(owner: Person, people: readonly Person[] = []): void {
  const { running: path } = doorPlaces(folder)
  writeRunning(path, { port: 4280, pid: process.pid, owner, people: [...people] })
}

const run = (command: Exclude<AccessCommand, { name: 'help' }>) => runAccess(command, folder, NOW)
const invite = (who: string) => run({ name: 'invite', who, isReadOnly: false })
const links = () => openInvitations(doorPlaces(folder).invitations)

it('names every command, those of others too', () => {
  const help = accessHelp(defaultPaths({}))
  const commands = ['sign-in', 'invite', 'sessions', 'revoke', 'listener', 'init', 'check', 'start']
  for (const command of commands) expect(help).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
})

it('does not make two people one whose names give the same id', () => {
  running(ada)
  expect(invite('Иван B')).toMatchObject({ ok: true })
  expect(invite('Пётр B')).toMatchObject({ ok: false, error: /the id of Иван B, b:/ })
  expect(invite('иван b')).toMatchObject({ ok: true })
  expect(links().list(NOW)).toHaveLength(2)
})

it('knows people of the configuration by their id, whatever they were called before', () => {
  running(ada)
  expect(invite('Bo')).toMatchObject({ ok: true })
  running(ada, [ada, { ...bo, name: 'Bo Andersen' }])
  expect(invite('Bo Andersen')).toMatchObject({ ok: true })
  expect(run({ name: 'revoke', who: 'Bo Andersen' })).toMatchObject({ ok: true })
  expect(links().list(NOW)).toEqual([])
})

it('revokes all of somebody who was invited and is the owner now', () => {
  running(ada, [ada, bo])
  expect(invite('bo')).toMatchObject({ ok: true })
  links().create(ownerGuest, NOW)
  running(bo, [ada, bo])
  expect(run({ name: 'revoke', who: 'bo' })).toMatchObject({ ok: true })
  expect(links().list(NOW)).toEqual([])
})

it.each(['Ada', 'ada', 'me', 'ME'])('invites no second owner: %s', (who) => {
  running(ada, [ada, bo])
  expect(invite(who)).toMatchObject({ ok: false, error: /is the owner/ })
})

it.each([
  ['a name that gives no id', '田中'],
  ['a name that is too long', 'x'.repeat(101)],
])('invites nobody under %s', (_name, who) => {
  running(ada)
  expect(invite(who)).toMatchObject({ ok: false })
  expect(links().list(NOW)).toEqual([])
})

it('prints no control character of a name', () => {
  running(ada)
  const done = invite('Eve\u001B[31m\u202E')
  expect(done).toMatchObject({ ok: true })
  for (const character of ['\u001B', '\u202E']) {
    expect(done.ok && done.value).not.toContain(character)
  }
})

it('makes no link for a host that is gone, though its file is still there', () => {
  const { running: path } = doorPlaces(folder)
  // No process has such a number.
  writeRunning(path, { port: 4280, pid: 2 ** 31 - 1, owner: ada, people: [] })
  expect(run({ name: 'sign-in', isReadOnly: false })).toMatchObject({ ok: false })
  expect(links().list(NOW)).toEqual([])
})

it('lists sessions and links under column heads, each browser by a short name', () => {
  running(ada)
  const minute = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d \S+`
  const browser =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
  openSessions(doorPlaces(folder).sessions).create(
    ownerGuest,
    { host: '127.0.0.1:4280', browser, key: 'key' },
    NOW,
  )
  expect(invite('Bo')).toMatchObject({ ok: true })
  // The host makes this one by itself.
  links().create(ownerGuest, NOW, 60_000, { isOnPage: true })
  const done = run({ name: 'sessions' })
  const lines = done.ok ? done.value.split('\n') : []
  expect(lines).toEqual([
    expect.stringMatching(/^SESSION {2,}PERSON {2,}MAY {2,}LAST USED {2,}BROWSER$/),
    expect.stringMatching(
      new RegExp(String.raw`^\w{16} {2}ada \(owner\) +everything +${minute} +Chrome on Linux$`),
    ),
    expect.stringMatching(
      new RegExp(String.raw`^unused link +Bo \(bo\) +read and act +valid until ${minute}$`),
    ),
    '',
    expect.stringContaining('Sign-in page of the owner: /'),
  ])
})

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0',
    'Firefox on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['', 'unknown browser'],
  ['curl/8\u001B[31m', 'curl/8⟨U+001B⟩[31m'],
])('calls a browser by a short name: %s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name)
})

it('prints where the webhook listener is reached, or how to turn it on', () => {
  expect(run({ name: 'listener' })).toMatchObject({ ok: false, error: /listener: \{ port/ })
  const address = `http://127.0.0.1:8466${ownPath(folder)}`
  writeFileSync(listenerPlaces(folder).address, address)
  const printed = run({ name: 'listener' })
  expect(printed.ok && printed.value).toContain(address)
})
