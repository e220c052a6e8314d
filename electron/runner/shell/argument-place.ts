import { behindOptions, carriedBy } from './carriers.ts'
import { listed } from './program.ts'
import { programName } from './programs.ts'
import { fixedBeginning, type Word } from './word.ts'
import { interpreters, shells, sshBare, sshTakes, wrappers } from './wrappers.ts'

/** Builtins of bash that use an argument as nothing but a text. `printf` has a rule of its own. */
const plainBuiltins = new Set(listed('echo cd pushd kill true false :'))
/** Builtins that take names, expressions or commands: bash may run what stands in such an argument. */
const builtins = new Set(
  listed(
    'test [ let declare typeset local readonly export read readarray mapfile unset eval source . trap alias unalias ' +
      'getopts wait bind complete compgen compopt set shopt hash enable exit return shift break continue umask ulimit jobs ' +
      'fg bg disown suspend history fc dirs popd times type caller help logout select',
  ),
)
/** Programs that read an argument as a program, a script or a command. */
const readers = new Set(
  listed(
    'su runuser watch script tmux screen at batch crontab gdb vi vim nano emacs ed awk gawk mawk nawk sed gsed jq yq gojq ' +
      'systemd-run xmllint dc bc m4 sqlite3 make ansible expect socat ncat nc pssh pdsh clush dsh csshx',
  ),
)
/** Options, by program, whose value is a command or a file with commands. */
const commandOptions: Readonly<Record<string, string>> = {
  git: '-c --config-env --exec-path --upload-pack --receive-pack --git-dir --work-tree -C',
  rsync: '-e --rsh --rsync-path',
  scp: '-o -S -F -J -D',
  sftp: '-o -S -F -J -D',
  tar: '-I --use-compress-program --to-command --checkpoint-action -F --info-script --rsh-command',
  curl: '-K --config --engine',
  wget: '-e --execute --use-askpass --config',
  helm: '--post-renderer --kubeconfig',
  kubectl: '--kubeconfig --exec-command',
  oc: '--kubeconfig --exec-command',
  docker: '-H --host --config',
  sort: '--compress-program',
  ip: '-b -batch',
  tcpdump: '-z',
  openssl: '-engine -config',
}
/** Clients of databases: options whose value is a name or an address. */
const databaseOptions: Readonly<Record<string, string>> = {
  psql: '-h --host -p --port -U --username -d --dbname',
  mysql: '-h --host -P --port -u --user -D --database',
  mariadb: '-h --host -P --port -u --user -D --database',
  'clickhouse-client': '-h --host --port -u --user -d --database',
  cqlsh: '-u --username -k --keyspace',
  mongo: '--host --port -u --username',
  mongosh: '--host --port -u --username',
}

/**
 * Why a value must not stand in a word of a command; null: it may, because the program gets it as
 * one argument and reads no program in it.
 *
 * @param index of the word; 0 is the program.
 */
export function argumentProblem(
  words: readonly Word[],
  index: number,
  functions: ReadonlySet<string>,
  depth = 0,
): string | null {
  const [program] = words
  const word = words[index]
  if (!program || !word || index === 0) return 'It decides which program runs.'
  if (program.value === null) return 'Which program gets it is only known when it runs.'
  if (depth > 8) return 'Too many commands stand within each other.'
  const name = programName(program.value)
  const rest = words.slice(1)
  const own = rest.slice(0, index - 1)
  const inside = (inner: readonly Word[]) =>
    argumentProblem(inner, inner.indexOf(word), functions, depth + 1)
  if (functions.has(name)) return `${name} is a function of this text, which may use it in any way.`
  if (name === 'jq' && words[index - 2]?.value === '--arg') return null
  if (shells.has(name) || interpreters.has(name) || readers.has(name)) {
    return `${name} would read it as a part of a program.`
  }
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined
  if (wrapper) {
    const { rest: behind, odd } = behindOptions(rest, listed(wrapper.takes), listed(wrapper.bare))
    const inner = behind.slice(wrapper.operands)
    const start = wrapper.assigns
      ? inner.findIndex((each) => !/^\w+=/.test(fixedBeginning(each)))
      : 0
    const command = start < 0 ? [] : inner.slice(start)
    if (odd || !command.includes(word))
      return `It is an option of ${name}, which decides how a program runs.`
    return inside(command)
  }
  if (name === 'printf') {
    return index === 1 || rest.some((each) => fixedBeginning(each).startsWith('-v'))
      ? 'printf would read it as a format or a name.'
      : null
  }
  if (builtins.has(name) && !plainBuiltins.has(name))
    return `The shell's ${name} would read more in it than a text.`
  if (name === 'find') return insideFind(rest, word, inside)
  const carried = carriedBy(name, rest)
  if (carried.kind === 'text') return sshPlace(rest, word)
  if (carried.kind === 'words' && carried.words.includes(word)) return inside(carried.words)
  if (name === 'xargs') return 'It is an option of xargs, which decides how a program runs.'
  if (readsAsProgram(name, own)) {
    return 'A shell or another interpreter would read it as a part of a program.'
  }
  return optionPlace(name, rest, index - 1)
}

/** Whether words before another one make a program of it: `sh FILE`, `python -c TEXT`. */
function readsAsProgram(program: string, words: readonly Word[]): boolean {
  return words.some(
    ({ value }, at) =>
      value !== null &&
      !isKindOfObject(program, words, at) &&
      (shells.has(baseName(value)) || interpreters.has(baseName(value))),
  )
}

/** `kubectl get node X`: a kind of object, not the interpreter; behind `--` it would be the interpreter. */
function isKindOfObject(program: string, words: readonly Word[], at: number): boolean {
  if (program !== 'kubectl' && program !== 'oc') return false
  return words[at]?.value === 'node' && words.slice(0, at).every(({ value }) => value !== '--')
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

function insideFind(
  words: readonly Word[],
  word: Word,
  inside: (words: readonly Word[]) => string | null,
): string | null {
  const at = words.indexOf(word)
  const before = words.slice(0, at)
  const command = before.findLastIndex(({ value }) =>
    /^-(?:exec|execdir|ok|okdir)$/.test(value ?? ''),
  )
  const isOver = before.slice(command + 1).some(({ value }) => value === ';' || value === '+')
  if (command < 0 || isOver) return null
  return inside(words.slice(command + 1))
}

/** The far shell reads what stands behind the host once more; the host itself is only a name. */
function sshPlace(words: readonly Word[], word: Word): string | null {
  const { rest, odd } = behindOptions(words, listed(sshTakes), listed(sshBare))
  const before = words[words.indexOf(word) - 1]?.value ?? ''
  if (odd === null && (rest[0] === word || (!rest.includes(word) && /^-[pil]$/.test(before))))
    return null
  return rest.includes(word)
    ? "The other machine's shell would read it as a part of a command."
    : 'It is an option of ssh, which could run a command.'
}

function optionPlace(name: string, words: readonly Word[], index: number): string | null {
  const text = words[index] ? fixedBeginning(words[index]) : ''
  const before = words[index - 1]?.value ?? ''
  const isValueOf = (options: string) =>
    listed(options).some(
      (option) =>
        before === option ||
        text.startsWith(`${option}=`) ||
        (option.length === 2 && option.startsWith('-') && text.startsWith(option)),
    )
  const database = Object.hasOwn(databaseOptions, name) ? databaseOptions[name] : undefined
  if (database !== undefined) {
    return isValueOf(database) ? null : `${name} would read it as a part of a statement.`
  }
  const commands = Object.hasOwn(commandOptions, name) ? commandOptions[name] : undefined
  if (commands !== undefined && isValueOf(commands))
    return `It is an option of ${name} that could run a command.`
  return null
}
