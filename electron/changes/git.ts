import { execFile } from 'node:child_process'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { LookProblem } from './change-source.ts'

/** Longest that Git may take, ms, and most that it may say, bytes. */
const LIMIT_MS = 60_000
const MAX_OUTPUT_BYTES = 2 * 1024 * 1024

/** Git asks nobody, runs nothing that a repository brings, and speaks no language that runs commands. */
const settings = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'protocol.ext.allow=never']

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  GIT_TERMINAL_PROMPT: '0',
  GCM_INTERACTIVE: 'never',
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  SSH_ASKPASS_REQUIRE: 'never',
  GIT_SSH_COMMAND: process.env['GIT_SSH_COMMAND'] ?? 'ssh -o BatchMode=yes -o ConnectTimeout=20',
  GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
  GIT_OPTIONAL_LOCKS: '0',
  LC_ALL: 'C',
})

/** Runs the system's Git, without a shell, and gives what it prints. What it complains of is put in words. */
export function runGit(
  args: readonly string[],
  signal: AbortSignal,
): Promise<Result<string, LookProblem>> {
  return new Promise((resolve) => {
    execFile(
      'git',
      [...settings.flatMap((each) => ['-c', each]), ...args],
      {
        env: environment(),
        timeout: LIMIT_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MAX_OUTPUT_BYTES,
        windowsHide: true,
        encoding: 'utf8',
        signal,
      },
      (error, stdout, stderr) => {
        resolve(error ? fail(toProblem(error, stderr)) : ok(stdout))
      },
    )
  })
}

interface Complaint {
  readonly says: RegExp
  readonly problem: LookProblem
}

const complaints: readonly Complaint[] = [
  {
    says: /could not read Username|Authentication failed|Permission denied|terminal prompts disabled/i,
    problem: {
      message: 'Git could not sign in to the repository.',
      hint: 'Set up an SSH key or a credential helper, so that git ls-remote works without asking.',
    },
  },
  {
    says: /Host key verification failed/i,
    problem: {
      message: 'The host key of the server is not known.',
      hint: 'Connect once with ssh and confirm it.',
    },
  },
  {
    says: /not found|does not exist|not a git repository|does not appear to be a git/i,
    problem: {
      message: 'There is no Git repository at this address.',
      hint: 'Check the address under changes in deckwatch.yaml.',
    },
  },
  {
    says: /dubious ownership/i,
    problem: {
      message: 'The repository belongs to another account, and Git refuses to read it.',
      hint: 'Add it to safe.directory of Git, if you trust it.',
    },
  },
  {
    says: /Could not resolve|unable to access|Connection (refused|timed out|reset)|unreachable/i,
    problem: {
      message: 'The server of the repository is unreachable.',
      hint: 'Check the address and the network.',
    },
  },
]

/** What Git says may hold the address, and a password in it: it is not passed on. */
function toProblem(
  error: Error & { readonly code?: string | number | null; readonly killed?: boolean },
  stderr: string,
): LookProblem {
  if (error.code === 'ENOENT') {
    return { message: 'Git is not installed.', hint: 'Install git, or leave out changes: git.' }
  }
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return { message: 'The repository has too many tags.', hint: 'Narrow them with tags: v*.' }
  }
  if (error.killed === true) {
    return { message: 'Git took longer than a minute.', hint: 'Check the address and the network.' }
  }
  return (
    complaints.find(({ says }) => says.test(stderr))?.problem ?? {
      message: `Git could not read the tags (code ${String(error.code ?? 'unknown')}).`,
      hint: 'Try git ls-remote --tags with this address.',
    }
  )
}
