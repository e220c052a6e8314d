import { fail, ok, type Result } from '../result/result.ts'

/** A repository, by an address that Git takes and that names nothing else. */
export interface Remote {
  /** As it is given to Git. */
  readonly url: string
}

const MAX_LENGTH = 1_000
/** `host:path`, or `user@host:path`, as scp writes it. */
const scpLike = /^(?:[\w.-]+@)?(?<host>[A-Za-z0-9][\w.-]*):(?!\/\/)(?<path>[^\s].*)$/

/**
 * Reads the address of a repository: `https://`, `ssh://`, `file://`, or `git@host:team/repository.git`.
 * What Git would take for something else, such as an option or a helper to run, is refused.
 *
 * @returns the address, or why not, as the end of a sentence; it never repeats a password.
 */
export function readRemote(text: string): Result<Remote, string> {
  const url = text.trim()
  if (url === '' || url.length > MAX_LENGTH) return fail(FORMS)
  if (/[\p{Cc} ]/u.test(url)) return fail('an address has no spaces in it')
  if (url.startsWith('-')) return fail(FORMS)
  const scheme = /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(url)?.groups?.['scheme']
  if (scheme !== undefined) return readUrl(url, scheme.toLowerCase())
  if (url.includes('::')) return fail(FORMS)
  const groups = scpLike.exec(url)?.groups
  if (!groups) return fail(FORMS)
  if (groups['path']?.startsWith('-')) return fail(FORMS)
  // C:\folder reads like a host of one letter.
  if (/^[A-Za-z]$/.test(groups['host'] ?? '')) return fail(FOLDER)
  return ok({ url })
}

const FORMS =
  'a repository is written as https://host/team/playbook.git, ssh://git@host/team/playbook.git, git@host:team/playbook.git or file:///folder'
const FOLDER = 'for a folder of this machine write folder: in place of git:'

function readUrl(url: string, scheme: string): Result<Remote, string> {
  if (!['https', 'ssh', 'file'].includes(scheme)) {
    const instead = scheme === 'http' ? '; use https, which nobody can change on the way' : ''
    return fail(`a repository is reached by https, ssh or file, not by ${scheme}${instead}`)
  }
  const [, user, password, host = ''] = AUTHORITY.exec(url) ?? []
  if (password !== undefined || (scheme === 'https' && user !== undefined)) {
    return fail(
      'an address has no user name or password in it: Git takes them from its credential helper',
    )
  }
  if (scheme === 'file') {
    return host === ''
      ? ok({ url })
      : fail('a file address has three slashes, as in file:///folder/playbook.git')
  }
  const isHost = /^(?:[A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(host)
  // Both are given to ssh as arguments.
  const isUser = user === undefined || /^[A-Za-z0-9_][\w.-]*$/.test(user)
  return isHost && isUser ? ok({ url }) : fail(FORMS)
}

/** User, password and host of an address. */
const AUTHORITY = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:([^/@:]*)(?::([^/@]*))?@)?([^/]*)/

/** What no part of a branch's name may be, to Git itself. */
const NO_BRANCH = /[\p{Cc} ~^:?*[\\]|\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)|[./]$|^[-./]|^@$/u

/** True for a name of a branch that Git takes for one and for nothing else. */
export function isBranchName(name: string): boolean {
  return name !== '' && name.length <= 200 && !NO_BRANCH.test(name)
}

/** What is not one plain name of a folder on every system; Git's own folder is none. */
const NO_FOLDER = /^$|^\.{1,2}$|^\.git$|[\p{Cc}\\:"<>|?*]/iu

/** True for a folder within a repository: no way out of it, and none into Git's own. */
export function isInnerPath(path: string): boolean {
  return path.length <= 300 && !path.split('/').some((name) => NO_FOLDER.test(name))
}
