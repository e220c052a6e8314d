import { readPrivateFile } from '#electron/files/private-files.ts'
import { listenerPlaces } from '#electron/listener/path.ts'
import { findPerson, idFromName } from '#shared/domain/person/identity.ts'
import { rights, type Right } from '#shared/domain/person/right.ts'
import { MAX_NAME_LENGTH, OWNER_ID, type Person } from '#shared/domain/person/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { Guest } from '../door/guest.ts'
import { INVITED_FOR_MS, openInvitations } from '../door/invitations.ts'
import { doorPlaces } from '../door/places.ts'
import { readRunning, type Running } from '../door/running.ts'
import { openSessions } from '../door/sessions.ts'
import { signInLink } from '../door/sign-in-page.ts'
import { browserName } from './browser-name.ts'
import { inColumns } from '#shared/domain/text/columns.ts'
import type { AccessCommand } from './options.ts'

const HOUR_MS = 3_600_000
const NOT_RUNNING =
  'No Deckwatch serves browsers with this data directory. Start it with npm start -- --host=browser, or name the directory with --data.'

/**
 * Carries out what the owner asks of the door, by its files: whoever can write them is the owner.
 *
 * @param now ms since the epoch, UTC.
 * @returns what to print, or the sentence that says why not.
 */
export function runAccess(
  command: Exclude<AccessCommand, { name: 'help' }>,
  dataDirectory: string,
  now: number,
): Result<string, string> {
  if (command.name === 'listener') return listenerAddress(dataDirectory)
  const places = doorPlaces(dataDirectory)
  const invitations = openInvitations(places.invitations)
  const sessions = openSessions(places.sessions)
  const running = readRunning(places.running)

  switch (command.name) {
    case 'sign-in': {
      if (!running) return fail(NOT_RUNNING)
      const granted = command.isReadOnly ? readOnly : rights
      const code = invitations.create(
        { person: { kind: 'owner' }, rights: [...granted] },
        now,
        HOUR_MS,
      )
      return ok(
        `Open this in the browser that is to be signed in as ${printed(running.owner.name)}. It works once, within an hour:\n\n  ${signInLink(running.port, code)}`,
      )
    }
    case 'invite': {
      if (!running) return fail(NOT_RUNNING)
      const invited = toInvited(command.who, running)
      if (!invited.ok) return invited
      const { id, name } = invited.value
      const other = [...sessions.list(now), ...invitations.list(now)]
        .map(({ person }) => person)
        .find((each) => each.kind === 'invited' && each.id === id)
      if (isNew(id, running) && other?.kind === 'invited' && !isSameName(other.name, name)) {
        return fail(
          `${printed(name)} would have the id of ${printed(other.name)}, ${id}: what the one does would be recorded as the other's. Add them to people in the configuration, each with an id of their own.`,
        )
      }
      const granted = command.isReadOnly ? readOnly : acting
      const guest: Guest = { person: { kind: 'invited', id, name }, rights: [...granted] }
      const code = invitations.create(guest, now, INVITED_FOR_MS)
      return ok(
        `${printed(name)} (${id}) may ${command.isReadOnly ? 'look' : 'look and act'}. Hand this over where nobody else reads it. It works once, within 24 hours:\n\n  ${signInLink(running.port, code)}\n\nIt is an address of this machine: from another one, forward the port with ssh -L ${String(running.port)}:127.0.0.1:${String(running.port)}.`,
      )
    }
    case 'sessions': {
      const rows = [
        ...sessions
          .list(now)
          .map(({ id, browser, usedAt, ...guest }) => [
            id,
            nameOf(guest, running),
            mayDo(guest.rights),
            localMinute(usedAt),
            browserName(browser),
          ]),
        ...invitations
          .list(now)
          .filter(({ isOnPage }) => isOnPage !== true)
          .map(({ expiresAt, ...guest }) => [
            'unused link',
            nameOf(guest, running),
            mayDo(guest.rights),
            `valid until ${localMinute(expiresAt)}`,
          ]),
      ]
      const table =
        rows.length === 0
          ? 'Nobody is signed in.'
          : inColumns([['SESSION', 'PERSON', 'MAY', 'LAST USED', 'BROWSER'], ...rows])
      return ok(running ? `${table}\n\nSign-in page of the owner: ${places.page}` : table)
    }
    case 'revoke': {
      const names = toGuestNames(command.who, running)
      const links = sum(names.map((who) => invitations.revoke(who)))
      const ended = sum(names.map((who) => sessions.revoke(who, now).length))
      if (links + ended === 0) {
        return fail(
          `${JSON.stringify(command.who)} has no session and no link here. deckwatch sessions lists them.`,
        )
      }
      return ok(`Revoked: ${count(ended, 'session')}, ${count(links, 'unused link')}.`)
    }
  }
}

function listenerAddress(dataDirectory: string): Result<string, string> {
  const address = readPrivateFile(listenerPlaces(dataDirectory).address)
  if (address === null) {
    return fail(
      'No webhook listener runs with this data directory. Add listener: { port: 8466 } to deckwatch.yaml, and start Deckwatch.',
    )
  }
  return ok(
    `Whoever knows this address can report changes, feedback and jobs, unless a secret is configured:\n\n  ${address}\n\nTry it:\n\n  curl -H 'Content-Type: application/json' -d '{"type":"deployment","service":"payments","version":"v2.1.3"}' ${address}`,
  )
}

const readOnly = ['read'] as const satisfies readonly Right[]
const acting = ['read', 'act'] as const satisfies readonly Right[]

function toInvited(who: string, { owner, people }: Running): Result<Person, string> {
  const known = findPerson(who, [owner, ...people])
  const id = known?.id ?? idFromName(who)
  if (id === null) {
    return fail(
      `${JSON.stringify(who)} gives no id. Add them to people in the configuration, with an id of small letters and digits.`,
    )
  }
  if (id === owner.id || id === OWNER_ID) {
    return fail(
      `${printed(who)} is the owner of this Deckwatch: deckwatch sign-in makes a link for them.`,
    )
  }
  if (who.length > MAX_NAME_LENGTH) return fail('This name is too long.')
  return ok(known ?? { id, name: who })
}

/** Whether somebody is not among the people, so that their id comes from their name. */
function isNew(id: string, { people }: Running): boolean {
  return people.every((person) => person.id !== id)
}

const isSameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/**
 * What is written beside sessions of theirs: the owner's say only that they are the owner's. Who is
 * the owner today may have been invited before.
 */
function toGuestNames(who: string, running: Running | null): readonly string[] {
  if (!running) return [who]
  const known = findPerson(who, [running.owner, ...running.people])
  if (known?.id !== running.owner.id) return [known?.id ?? who]
  return known.id === OWNER_ID ? [OWNER_ID] : [OWNER_ID, known.id]
}

function nameOf({ person }: Guest, running: Running | null): string {
  if (person.kind === 'invited') return `${printed(person.name)} (${person.id})`
  return running ? `${printed(running.owner.name)} (owner)` : 'the owner'
}

function mayDo(granted: readonly Right[]): string {
  return granted.length === rights.length ? 'everything' : granted.join(' and ')
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
/** A time to the minute in the zone of this machine, which is named: `2026-11-28 23:31 CET`. */
function localMinute(at: number): string {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${part('timeZoneName')}`
}

const printed = (text: string) => toPrintable(text, 120)
const count = (many: number, noun: string) => `${String(many)} ${noun}${many === 1 ? '' : 's'}`
