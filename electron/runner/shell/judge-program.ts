import type { Risk } from '#shared/domain/runbook/schema.ts'
import { findOption } from './options.ts'
import type { Program } from './program.ts'
import { clouds, type Cloud } from './programs-cloud.ts'
import { subcommandOf } from './subcommand.ts'
import { verdict, worse, type Judging, type Verdict } from './verdict.ts'
import { fixedBeginning, type Word } from './word.ts'

/** Judges a program by its table. `words` are what follows its name. */
export function judgeProgram(
  name: string,
  program: Program,
  words: readonly Word[],
  text: string,
  judging: Judging,
): Verdict {
  const asks = words.length === 1 && /^--?(?:help|version)$/.test(words[0]?.value ?? '')
  if (asks && program.otherwise !== 'destroy')
    return verdict(text, 'read', `${name} only tells about itself.`)
  const sub = subcommandOf(program, words)
  const called = sub.name === '' ? name : `${name} ${sub.name}`
  const run = runs(program, sub.name, words, called)
  const raised = raisedBy(program, sub.name, words, judging)
  if (raised !== null && (raised.isOption || sub.risk === 'read')) {
    const risk = worse(raised.risk, raised.isOption ? raised.risk : sub.risk)
    return verdict(
      text,
      worse(risk, program.reading === undefined ? sub.risk : 'read'),
      raised.why(called),
      run,
    )
  }
  if (program.reading !== undefined && findOption(words, program.reading, program.takes)) {
    return verdict(text, 'read', `${called} only reads with these options.`, run)
  }
  return verdict(text, sub.risk, sentence(called, sub.risk, sub.isSure), run)
}

function sentence(called: string, risk: Risk, isSure: boolean): string {
  if (!isSure && risk !== 'read') return `It is not known what ${called} does here.`
  if (risk === 'read') return `${called} only reads.`
  return risk === 'change'
    ? `${called} can change something.`
    : `What ${called} does cannot be undone.`
}

interface Raised {
  readonly risk: Risk
  readonly isOption: boolean
  readonly why: (called: string) => string
}

function raisedBy(
  program: Program,
  sub: string,
  words: readonly Word[],
  { checked }: Judging,
): Raised | null {
  const raises = [program.raises?.['']].concat(sub === '' ? [] : [program.raises?.[sub]])
  let hasAny = false
  for (const risk of ['destroy', 'change'] as const) {
    for (const options of raises) {
      const list = options?.[risk]
      if (list === undefined) continue
      hasAny = true
      const found = findOption(words, list, program.takes)
      if (found)
        return {
          risk,
          isOption: true,
          why: (called) =>
            `With ${found.text}, ${sentence(called, risk, true).replace(/^What /, 'what ')}`,
        }
    }
  }
  const unknown = hasAny ? words.find((word) => mayBeOption(word, checked)) : undefined
  if (!unknown) return null
  return {
    risk: 'change',
    isOption: false,
    why: (called) =>
      `${unknown.text} is only known when it runs, and could be an option that makes ${called} change something.`,
  }
}

/** Whether what a word begins with is only known when it runs. */
export function mayBeOption(word: Word, checked: ReadonlySet<string>): boolean {
  if (word.value !== null || fixedBeginning(word) !== '') return false
  const [first] = word.parts
  const inner = first?.kind === 'double' ? first.parts[0] : undefined
  return !(inner?.kind === 'parameter' && inner.isPlain && checked.has(inner.name))
}

function runs(program: Program, sub: string, words: readonly Word[], called: string) {
  const isSpared =
    program.unless !== undefined && findOption(words, program.unless, program.takes) !== null
  const applies = (of: Readonly<Record<string, string>> | undefined) => {
    const options = [of?.[''], sub === '' ? undefined : of?.[sub]]
    return options.some(
      (list) =>
        list !== undefined &&
        (list === 'always' || (list !== '' && findOption(words, list, program.takes) !== null)),
    )
  }
  return {
    needsTerminal:
      !isSpared && applies(program.terminal) ? `${called} needs a terminal here.` : null,
    neverEnds:
      !isSpared && applies(program.endless) ? `${called} does not end by itself here.` : null,
  }
}

/** Judges a cloud's program by the verb of its subcommand; null: it is none. */
export function judgeCloud(name: string, words: readonly Word[], text: string): Verdict | null {
  const cloud = clouds[name]
  if (!cloud) return null
  const prefixes = prefixesOf(cloud, words)
  const destroying = words.find(({ value }) => value !== null && isDestroying(cloud, value))
  const longest = prefixes.at(-1) ?? ''
  if (prefixes.some((prefix) => cloud.destroy.test(prefix)) || destroying) {
    return verdict(text, 'destroy', `What ${name} ${longest} does cannot be undone.`)
  }
  const read = prefixes.find((prefix) => cloud.read.test(prefix))
  const secret = prefixes.find((prefix) => cloud.change.test(prefix))
  if (secret !== undefined) {
    return verdict(text, 'change', `${name} ${secret} shows secrets, or writes files.`)
  }
  if (read === undefined) return verdict(text, 'change', `${name} ${longest} can change something.`)
  const follows = findOption(words, '--follow', cloud.takes) !== null
  return verdict(text, 'read', `${name} ${read} only reads.`, {
    neverEnds: follows ? `${name} ${read} does not end by itself here.` : null,
  })
}

const isDestroying = (cloud: Cloud, value: string) =>
  /^[a-z]+(?:-[a-z]+)*$/.test(value) && cloud.destroy.test(`x ${value}`) && value.includes('-')

/** `compute`, `compute instances`, `compute instances list`: as far as the words are sure. */
function prefixesOf(cloud: Cloud, words: readonly Word[]): readonly string[] {
  const takes = cloud.takes.split(' ')
  const bare = cloud.bare.split(' ')
  const found: string[] = []
  for (let index = 0; index < words.length && found.length < cloud.depth; index++) {
    const word = words[index]
    const text = word?.value ?? null
    if (text === null) {
      // `--project="$X"` is a value; anything else could be a subcommand.
      const beginning = word ? fixedBeginning(word) : ''
      if (takes.includes(beginning.split('=', 1)[0] ?? '') && beginning.includes('=')) continue
      break
    }
    if (text.startsWith('-')) {
      const option = text.split('=', 1)[0] ?? ''
      if (takes.includes(option)) index += text.includes('=') ? 0 : 1
      else if (!bare.includes(option)) break
      continue
    }
    found.push([...(found.at(-1)?.split(' ') ?? []), text].join(' '))
  }
  return found
}
