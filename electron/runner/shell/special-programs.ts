import { findOption, operands, optionValue } from './options.ts'
import { mayBeOption } from './judge-program.ts'
import { sqlRisk } from './sql.ts'
import {
  isPlainAwk,
  isPlainSed,
  mongoDestroys,
  mongoReads,
  redisDestroys,
  redisReads,
} from './text-programs.ts'
import { targetRisk } from './write-target.ts'
import { verdict, worse, type Judging, type Verdict } from './verdict.ts'
import { fixedBeginning, type Word } from './word.ts'

/** What a program's own rule is given. */
export interface Called {
  readonly name: string
  /** Behind the name. */
  readonly words: readonly Word[]
  readonly text: string
  readonly judging: Judging
}

type Judge = (called: Called) => Verdict | null

const read = ({ text, name }: Called) => verdict(text, 'read', `${name} only reads here.`)
const change = ({ text }: Called, why: string) => verdict(text, 'change', why)

/** An option that is only known when it runs. */
function unknownOption(called: Called): Verdict | null {
  const word = called.words.find((each) => mayBeOption(each, called.judging.checked))
  return word
    ? change(called, `${word.text} is only known when it runs, and could be an option.`)
    : null
}

function curl(called: Called): Verdict {
  const { words, text } = called
  const takes = '-H -u -A -e -b -m -w -x -E -U -r -y -Y -X -o -d -F -T -K -D -c -Q -P -C -t -z -h'
  const method = optionValue(words, '-X --request', takes)
  const verb = method ? method.value : null
  const sends = findOption(
    words,
    '-d --data --data-raw --data-binary --data-ascii --data-urlencode -F --form --form-string -T --upload-file --json',
    takes,
  )
  const asks = findOption(words, '-G --get', takes)
  if (verb !== null && /^delete$/i.test(verb))
    return verdict(text, 'destroy', 'It asks the server to delete something.')
  if (method && (verb === null || !/^(?:get|head|options)$/i.test(verb))) {
    return change(
      called,
      `It sends a ${verb ?? 'request'} to the server, which can change something there.`,
    )
  }
  if (sends && !asks)
    return change(called, 'It sends data to the server, which can change something there.')
  const output = optionValue(words, '-o --output', takes)
  // `--output` has its own rule, and is no abbreviation of `--output-dir`.
  const others = words.filter((word) => !/^--output(?:=|$)/.test(fixedBeginning(word)))
  const keeps = findOption(
    others,
    '-O --remote-name --remote-name-all -J --remote-header-name -D --dump-header -c --cookie-jar --trace --trace-ascii --stderr --libcurl --hsts --alt-svc --etag-save --output-dir --create-dirs',
    takes,
  )
  const writes = output ? targetRisk(output) : 'read'
  if (keeps) return change(called, `With ${keeps.text}, curl writes a file.`)
  if (writes !== 'read') return verdict(text, writes, `curl writes to ${output?.text ?? 'a file'}.`)
  if (
    findOption(words, '-K --config -Q --quote --proto-default --engine -t --telnet-option', takes)
  ) {
    return change(called, 'curl gets an option that is not judged.')
  }
  if (words.some((word) => word.text.includes('%output')))
    return change(called, 'curl writes a file.')
  if (words.some((word) => /^(?!https?:)[a-z]+:\/\//i.test(fixedBeginning(word)))) {
    return change(called, 'The address is none of a web server.')
  }
  return unknownOption(called) ?? read(called)
}

function wget(called: Called): Verdict {
  const { words, text } = called
  const method = optionValue(words, '--method')
  if (method && /^delete$/i.test(method.value ?? ''))
    return verdict(text, 'destroy', 'It asks the server to delete something.')
  if (method || findOption(words, '--post-data --post-file --body-data --body-file')) {
    return change(called, 'It sends data to the server, which can change something there.')
  }
  if (
    findOption(
      words,
      '-e --execute -i --input-file -o --output-file -a --append-output -P --directory-prefix --save-cookies --use-askpass --config -r --recursive -m --mirror',
    )
  ) {
    return change(called, 'wget writes files, or gets an option that is not judged.')
  }
  const output = optionValue(
    words,
    '-O --output-document',
    '-t -T -U -w -Q -l -A -R -D -I -X -B -e',
  )
  const isDry = findOption(words, '--spider') !== null
  if (!isDry && (output === null || (output.value !== '-' && targetRisk(output) !== 'read'))) {
    return change(called, 'wget writes a file.')
  }
  return unknownOption(called) ?? read(called)
}

function sed(called: Called): Verdict {
  const { words } = called
  if (findOption(words, '-i --in-place', '-e -f -l'))
    return change(called, 'sed changes the file itself.')
  if (findOption(words, '-f --file', '-e -l'))
    return change(called, 'The script of sed is in a file.')
  const given = words.filter(
    (word, index) =>
      /^(?:-n?e|--expression)$/.test(words[index - 1]?.value ?? '') ||
      fixedBeginning(word).startsWith('--expression='),
  )
  const scripts = given.length > 0 ? given : operands(words, '-l --line-length').slice(0, 1)
  const attached = words.some((word) => /^-[nErsuz]*e./.test(fixedBeginning(word)))
  const isPlain = scripts.every(
    ({ value }) => value !== null && isPlainSed(value.replace(/^--expression=/, '')),
  )
  if (attached || scripts.length === 0 || !isPlain)
    return change(called, 'The script of sed may write files or run commands.')
  return unknownOption(called) ?? read(called)
}

function awk(called: Called): Verdict {
  const { words } = called
  const takes = '-F -v --field-separator --assign'
  if (
    findOption(
      words,
      '-f --file -i --include -E --exec -l --load -d --dump-variables -o --pretty-print -p --profile -e --source',
      takes,
    )
  ) {
    return change(called, 'The program of awk is not judged.')
  }
  const [program] = operands(words, takes)
  if (program?.value === undefined || program.value === null || !isPlainAwk(program.value)) {
    return change(called, 'The program of awk may write files or run commands.')
  }
  return unknownOption({ ...called, words: words.slice(0, words.indexOf(program)) }) ?? read(called)
}

function tee(called: Called): Verdict {
  const targets = operands(called.words, '')
  const risk = targets.reduce<Verdict['risk']>(
    (worst, target) => worse(worst, targetRisk(target)),
    'read',
  )
  return verdict(
    called.text,
    risk,
    risk === 'read'
      ? 'tee writes nowhere.'
      : `tee writes to ${targets.map(({ text }) => text).join(', ')}.`,
  )
}

function databaseClient(called: Called): Verdict {
  const { words, text, name, judging } = called
  const flags = '-c --command -e --execute -Q --query -q'
  const file = findOption(
    words,
    '-f --file --init-command --queries-file -o --output -L --log-file --tee --pager -v --set --variable',
    '-h -p -U -d -u -P -D -S -c -e',
  )
  const texts = words.filter((word, index) => {
    const before = words[index - 1]?.value ?? ''
    return (
      /^(?:-[A-Za-z]*[ceQq]|--command|--execute|--query)$/.test(before) ||
      /^(?:--(?:command|execute|query)=|-[ce].)/.test(fixedBeginning(word))
    )
  })
  const attached = words.some((word) => /^-[ce]./.test(fixedBeginning(word)))
  if (texts.length === 0) {
    if (attached || file || judging.readsPipe || findOption(words, flags))
      return change(called, `What ${name} does here is not judged.`)
    return verdict(text, 'change', `${name} waits for what is typed.`, {
      needsTerminal: `${name} needs a terminal here.`,
    })
  }
  const risk = texts.reduce<Verdict['risk']>(
    (worst, { value }) =>
      worse(worst, value === null ? 'change' : sqlRisk(value.replace(/^--\w+=|^-[ce]/, ''))),
    file || attached ? 'change' : 'read',
  )
  const why = {
    read: 'It only asks.',
    change: 'The statement can change data.',
    destroy: 'The statement deletes data.',
  }[risk]
  return verdict(text, risk, why)
}

function redis(called: Called): Verdict {
  const { words, text, name } = called
  const takes = '-h -p -s -a -u -n -r -i --user --pass --cacert --cert --key --sni'
  if (
    findOption(words, '--latency --latency-history --latency-dist --stat --replica --rdb', takes)
  ) {
    return verdict(text, 'change', `${name} measures or follows the server.`, {
      neverEnds: `${name} does not end by itself here.`,
    })
  }
  if (findOption(words, '--bigkeys --memkeys --hotkeys --scan', takes)) return read(called)
  if (findOption(words, '--eval --pipe --cluster -x -X', takes))
    return change(called, `What ${name} does here is not judged.`)
  const asked = operands(words, takes)
  if (asked.length === 0) {
    return verdict(text, 'change', `${name} waits for what is typed.`, {
      needsTerminal: `${name} needs a terminal here.`,
    })
  }
  const [first = '', second = ''] = asked.map(({ value }) => value ?? '')
  const unsure = unknownOption({ ...called, words: words.slice(0, 1) })
  for (const command of [`${first} ${second}`, first]) {
    if (redisDestroys.test(command))
      return verdict(text, 'destroy', `What ${command} does cannot be undone.`)
    if (redisReads.test(command) && unsure === null)
      return verdict(text, 'read', `${command} only reads.`)
  }
  if (/^(?:monitor|subscribe|psubscribe)$/i.test(first)) {
    return verdict(text, 'read', `${first} only listens.`, {
      neverEnds: `${first} does not end by itself.`,
    })
  }
  return change(called, `${first} can change something.`)
}

function mongo(called: Called): Verdict {
  const asked = optionValue(called.words, '--eval')
  if (!asked) {
    return verdict(
      called.text,
      'change',
      `${called.name} waits for what is typed, or runs a file.`,
      {
        needsTerminal: operands(called.words, '--host --port -u -p --username --password').some(
          ({ value }) => value?.endsWith('.js'),
        )
          ? null
          : `${called.name} needs a terminal here.`,
      },
    )
  }
  const { value } = asked
  if (value !== null && mongoReads.test(value)) return read(called)
  if (mongoDestroys.test(value ?? asked.text))
    return verdict(called.text, 'destroy', 'The expression deletes data or stops the server.')
  return change(called, 'The expression can change data.')
}

/** `vmstat 5` goes on for ever, `vmstat 5 3` does not. */
function sampler(called: Called): Verdict {
  const numbers = operands(called.words, '-p -P -o -f -n -u -s -e -i').filter(({ value }) =>
    /^\d+(?:\.\d+)?$/.test(value ?? ''),
  )
  const isWriting = called.name === 'sar' && findOption(called.words, '-o')
  if (isWriting) return change(called, 'sar writes a file.')
  const neverEnds =
    numbers.length === 1 ? `${called.name} does not end by itself without a count.` : null
  return verdict(called.text, 'read', `${called.name} only reads.`, { neverEnds })
}

/** Programs that write to their second operand. */
const secondWrites: Judge = (called) =>
  operands(called.words, '-f -s -w --skip-fields --skip-chars --check-chars -c -l -o -g').length >
    1 || findOption(called.words, '-r --revert')
    ? change(called, `${called.name} writes a file.`)
    : read(called)

/** Programs that set something when they get an operand. */
const operandSets =
  (isFine: RegExp): Judge =>
  (called) =>
    operands(called.words, '-d --date -r --reference -f --file').some(
      ({ value, parts }) => !isFine.test(value ?? parts.map(({ text }) => text).join('')),
    )
      ? change(called, `${called.name} sets something with this operand.`)
      : null

function sysctl(called: Called): Verdict {
  const isWriting = findOption(called.words, '-w --write -p --load --system') !== null
  const sets = called.words.some(({ value }) => value === null || value.includes('='))
  return isWriting || sets ? change(called, 'sysctl sets something.') : read(called)
}

function service(called: Called): Verdict {
  const [unit, verb] = called.words
  if (unit?.value === '--status-all' || verb?.value === 'status') return read(called)
  return change(called, 'It starts, stops or reloads a service.')
}

/** Named values that a shell would run something on when it evaluates them. */
const declarers: Judge = (called) => {
  const option = called.words.find(
    (word) => fixedBeginning(word).startsWith('-') || word.value === null,
  )
  return option ? null : verdict(called.text, 'read', `${called.name} only sets variables.`)
}

const python: Judge = (called) =>
  called.words.length > 1 &&
  called.words[0]?.value === '-m' &&
  called.words[1]?.value === 'json.tool' &&
  called.words.length === 2
    ? read(called)
    : null

const alone: Judge = (called) => (called.words.length === 0 ? read(called) : null)

/** Rules of programs that no table can hold; null: the table decides. */
export const specialPrograms: Readonly<Record<string, Judge>> = {
  curl,
  wget,
  sed,
  gsed: sed,
  awk,
  gawk: awk,
  mawk: awk,
  nawk: awk,
  tee,
  psql: databaseClient,
  mysql: databaseClient,
  mariadb: databaseClient,
  'clickhouse-client': databaseClient,
  cqlsh: databaseClient,
  'redis-cli': redis,
  'valkey-cli': redis,
  mongo,
  mongosh: mongo,
  vmstat: sampler,
  iostat: sampler,
  mpstat: sampler,
  pidstat: sampler,
  sar: sampler,
  nfsiostat: sampler,
  uniq: secondWrites,
  xxd: secondWrites,
  date: operandSets(/^\+/),
  hostname: operandSets(/^$/),
  sysctl,
  service,
  export: declarers,
  readonly: declarers,
  declare: declarers,
  typeset: declarers,
  local: declarers,
  python,
  python3: python,
  mount: alone,
  set: (called) =>
    called.words.every(({ value }) =>
      /^(?:[-+][eux]+o?|[-+]o|pipefail|errexit|nounset|xtrace)$/.test(value ?? ''),
    )
      ? read(called)
      : null,
  read: (called) =>
    called.judging.readsPipe
      ? read(called)
      : verdict(called.text, 'read', 'read sets a variable.', {
          needsTerminal: findOption(called.words, '-p') ? 'read waits for what is typed.' : null,
        }),
}
