/** What of Git's own environment stays: how it reaches servers. The rest would lead it elsewhere. */
const KEPT = new Set([
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_SSH_VARIANT',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_EXEC_PATH',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'GIT_SSL_CERT',
  'GIT_SSL_KEY',
])

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment that Git runs in: it asks nobody for anything, and reaches servers only by protocols
 * that run no command of the address.
 *
 * @param sshCommand how ssh is called by the account's configuration of Git; null where it does not say.
 */
export function gitEnvironment(
  given: Environment,
  sshCommand: string | null,
): Record<string, string | undefined> {
  const kept = Object.entries(given).filter(([name]) => !name.startsWith('GIT_') || KEPT.has(name))
  const ssh = given['GIT_SSH_COMMAND'] ?? sshCommand
  return {
    ...Object.fromEntries(kept),
    // A program that was put in ssh's place may know no options of ssh's.
    ...(ssh === null && given['GIT_SSH'] !== undefined
      ? {}
      : { GIT_SSH_COMMAND: `${ssh ?? 'ssh'} -o BatchMode=yes -o ConnectTimeout=20` }),
    GIT_ALLOW_PROTOCOL: 'https:ssh:file',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    // What it says is read, so it is to say it in one language.
    LC_ALL: 'C',
    LANGUAGE: '',
  }
}

/** Settings that a repository or an account may have otherwise, and that would run something. */
export const SAFE_SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.askPass=',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'protocol.ext.allow=never',
  'gc.autoDetach=false',
  'maintenance.autoDetach=false',
].flatMap((setting) => ['-c', setting])
