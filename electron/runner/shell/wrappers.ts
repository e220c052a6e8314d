/** A program that runs the one behind it, without a shell in between. */
export interface Wrapper {
  /** Options that take the next word as their value. */
  readonly takes: string
  /** Options without a value. Any other one counts as `change`. */
  readonly bare: string
  /** Words before the program: a duration, a mask. */
  readonly operands: number
  /** `NAME=value` may stand before the program. */
  readonly assigns: boolean
  /** True where nothing behind it is fine. */
  readonly runsAlone: boolean
}

const wrapper = (
  takes: string,
  bare: string,
  more: Partial<Omit<Wrapper, 'takes' | 'bare'>> = {},
): Wrapper => ({ takes, bare, operands: 0, assigns: false, runsAlone: false, ...more })

/** Programs that are looked through. */
export const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: wrapper(
    '-u --user -g --group -h --host -p --prompt -C -T -r -t -U -D -R',
    '-E -H -n -S -k -b -P -A --preserve-env --non-interactive --set-home --stdin --background -l --list -v --validate',
    { assigns: true, runsAlone: true },
  ),
  doas: wrapper('-u -C', '-n'),
  env: wrapper('-u --unset -C --chdir', '-i - -0 -v --null --ignore-environment', {
    assigns: true,
    runsAlone: true,
  }),
  timeout: wrapper('-s --signal -k --kill-after', '-v --verbose --preserve-status --foreground', {
    operands: 1,
  }),
  gtimeout: wrapper('-s --signal -k --kill-after', '--preserve-status --foreground', {
    operands: 1,
  }),
  nice: wrapper('-n --adjustment', '', { runsAlone: true }),
  ionice: wrapper('-c -n --class --classdata', '-t --ignore'),
  chrt: wrapper('', '-b -f -i -o -r', { operands: 1 }),
  taskset: wrapper('', '-c', { operands: 1 }),
  nohup: wrapper('', ''),
  time: wrapper('-f --format', '-p -v --verbose -q'),
  stdbuf: wrapper('-i -o -e --input --output --error', ''),
  setsid: wrapper('', '-w -f -c --wait --fork'),
  unbuffer: wrapper('', '-p'),
  exec: wrapper('-a', '-c -l', { runsAlone: true }),
  command: wrapper('', '-p -v -V', { runsAlone: true }),
  builtin: wrapper('', ''),
  busybox: wrapper('', ''),
  nsenter: wrapper(
    '-t --target -S --setuid -G --setgid -r -w',
    '-a --all -m --mount -u --uts -i --ipc -n --net -p --pid -U --user -C --cgroup -T --time -F',
  ),
  flock: wrapper('-w --wait --timeout -E', '-n --nonblock -x -e --exclusive -s --shared -o', {
    operands: 1,
  }),
}

/** Options of ssh that take the next word as their value. */
export const sshTakes = '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w'
/** Options of ssh without a value that do nothing on this machine. */
export const sshBare = '-4 -6 -A -a -C -k -K -n -q -T -t -tt -v -vv -vvv -x'
/** Settings that `ssh -o` may be given: none of them runs something here. */
export const sshSettings =
  /^(?:ConnectTimeout|ConnectionAttempts|StrictHostKeyChecking|UserKnownHostsFile|BatchMode|LogLevel|ServerAlive\w+|User|Port|HostName|IdentityFile|IdentitiesOnly|PasswordAuthentication|PreferredAuthentications|PubkeyAuthentication|ForwardAgent|Compression|RequestTTY|GlobalKnownHostsFile|CheckHostIP)[= ]/i
/** Options of xargs that take the next word as their value. */
export const xargsTakes =
  '-a -d -E -I -L -n -P -s --arg-file --delimiter --max-args --max-lines --max-procs --max-chars --replace'
/** Shells, which run the text behind `-c`. */
export const shells: ReadonlySet<string> = new Set(
  'sh bash dash ash zsh ksh mksh fish csh tcsh rbash'.split(' '),
)
/** Programs that run a text in a language that is not judged. */
export const interpreters: ReadonlySet<string> = new Set(
  (
    'python python2 python3 perl ruby node nodejs php lua tclsh expect deno bun Rscript java pwsh osascript irb ' +
    'groovy scala jshell parallel m4'
  ).split(' '),
)
