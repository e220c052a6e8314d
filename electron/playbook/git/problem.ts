import type { GitProblem } from '#shared/contract/playbook.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { GitFailure } from './process.ts'

const unreachable: GitProblem = {
  code: 'unreachable',
  message: 'The Git server cannot be reached.',
  hint: 'Deckwatch tries again by itself. Check the network and the address.',
}

/** What Git says, by what it means. Said in English: see `gitEnvironment`. */
const meanings: readonly (readonly [RegExp, Pick<GitProblem, 'code' | 'message' | 'hint'>])[] = [
  [
    /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/i,
    {
      code: 'not-permitted',
      message: 'The host key of the Git server is not known, or it changed.',
      hint: 'Connect once with ssh in a terminal and compare the key; then pull again.',
    },
  ],
  [
    /could not read Username|Authentication failed|Permission denied|access denied|returned error: 40[13]|terminal prompts disabled|Invalid username or password/i,
    {
      code: 'not-permitted',
      message: 'The Git server does not let this account in.',
      hint: 'Make "git ls-remote" work in a terminal without a question: by an ssh key in the agent, or a credential helper.',
    },
  ],
  [
    /Could not resolve host|Name or service not known|Temporary failure in name resolution|Connection refused|Connection timed out|Operation timed out|Network is unreachable|No route to host|Failed to connect|early EOF|unexpected disconnect|Connection reset|Connection closed|kex_exchange|remote end hung up|SSL certificate|SSL connect|TLS connect|gnutls|returned error: 5\d\d/i,
    unreachable,
  ],
  [
    /not found|does not appear to be a git repository|does not exist|No such file or directory|repository.*(?:missing|gone)|not a git repository/i,
    {
      code: 'no-repository',
      message: 'There is no Git repository at this address.',
      hint: 'Check the address; it may have been moved or deleted, or this account may not see it.',
    },
  ],
  [
    /detected dubious ownership|safe\.directory/i,
    {
      code: 'not-permitted',
      message: 'Git refuses this repository, since its folder belongs to another account.',
      hint: 'Give the folder to this account, or name it in safe.directory of the Git configuration.',
    },
  ],
  [
    /No space left on device|Disk quota exceeded/i,
    {
      code: 'failed',
      message: 'The disk is full: nothing can be pulled.',
      hint: 'Make room; Deckwatch tries again by itself.',
    },
  ],
]

/** Where ssh ended and said nothing that is known. */
const NO_ANSWER = /Could not read from remote repository/i

/** What went wrong, in words; what the other side said is quoted only where nothing else is known. */
export function gitProblem(failure: GitFailure): GitProblem {
  switch (failure.reason) {
    case 'no-git':
      return {
        code: 'no-git',
        message: 'Git is not installed, or cannot be run by this account.',
        hint: 'Install Git, or use a folder as the playbook.',
      }
    case 'took-too-long':
      return {
        code: 'took-too-long',
        message: 'The Git server took too long to answer.',
        hint: 'Deckwatch tries again by itself.',
      }
    case 'stopped':
      return {
        code: 'took-too-long',
        message: 'The pull was stopped before it was finished.',
        hint: 'Deckwatch tries again by itself.',
      }
    case 'too-large':
      return tooLarge
    case 'exit': {
      const known = meanings.find(([form]) => form.test(failure.stderr))
      if (known) return known[1]
      if (NO_ANSWER.test(failure.stderr)) return unreachable
      const said = lastLine(failure.stderr)
      return {
        code: 'failed',
        message: said === '' ? 'Git failed.' : `Git failed: ${said}`,
        hint: 'Try "git ls-remote" with this address in a terminal.',
      }
    }
  }
}

/** A repository or an answer beyond all bounds. */
export const tooLarge: GitProblem = {
  code: 'too-large',
  message: 'The repository is too large for a playbook.',
  hint: 'Keep the playbook in a repository of its own.',
}

/** Its last line, as a log can show it, without what may be a password in an address. */
function lastLine(stderr: string): string {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '')
  const last = (lines.at(-1) ?? '').replaceAll(/\/\/[^/@\s]*@/g, '//…@')
  return toPrintable(last, 200)
}
