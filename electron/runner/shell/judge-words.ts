import { behindOptions, carriedBy, findCommands, startedBy, type Carried } from './carriers.ts'
import { dangerousVariable } from './dangerous-variables.ts'
import { judgeCloud, judgeProgram, mayBeOption } from './judge-program.ts'
import { findOption, optionValue } from './options.ts'
import { listed } from './program.ts'
import { programName, programOf } from './programs.ts'
import { specialPrograms } from './special-programs.ts'
import { verdict, type Judging, type Verdict } from './verdict.ts'
import { fixedBeginning, type Word } from './word.ts'
import { interpreters, shells, wrappers, type Wrapper } from './wrappers.ts'

/** Judges a text that a nested shell runs. */
export type JudgeText = (text: string, judging: Judging) => readonly Verdict[]

/** Deepest nesting of commands within commands that is looked through. */
const MAX_DEPTH = 8

/** Judges a program with its arguments, and what it runs itself. */
export function judgeWords(
  words: readonly Word[],
  text: string,
  judging: Judging,
  judgeText: JudgeText,
): readonly Verdict[] {
  const [program, ...rest] = words
  if (!program) return []
  if (judging.depth > MAX_DEPTH)
    return [verdict(text, 'change', 'Too many commands stand within each other.')]
  if (program.value === null) {
    return [
      verdict(text, 'change', `Which program ${program.text} is, is only known when it runs.`),
    ]
  }
  // What another program runs is never a function of this text.
  const inner: Judging = { ...judging, depth: judging.depth + 1, functions: new Set() }
  const again = (more: readonly Word[]) => judgeWords(more, text, inner, judgeText)
  const name = programName(program.value)
  const wrapper = wrappers[name]
  if (wrapper && Object.hasOwn(wrappers, name))
    return judgeWrapped(name, wrapper, rest, text, again)
  if (shells.has(name)) return judgeShell(name, rest, text, inner, judgeText)
  if (name === 'su' || name === 'runuser') return judgeSu(name, rest, text, inner, judgeText)
  if (name === 'watch') return judgeWatch(rest, text, inner, judgeText)
  if (name === 'find') return judgeFind(rest, text, judging, again)
  if (name === 'eval') return judgeJoined('eval', rest, text, inner, judgeText)
  if (name === 'trap' || name === 'alias') return judgeKept(name, rest, text, inner, judgeText)
  const started = startedBy(name, rest)
  if (started.length > 0) return [judgeOne(name, rest, text, judging), ...again(started)]
  const carried = carriedBy(name, rest)
  if (carried.kind !== 'none') return judgeCarried(name, carried, rest, text, inner, judgeText)
  return [judgeOne(name, rest, text, judging)]
}

function judgeOne(name: string, words: readonly Word[], text: string, judging: Judging): Verdict {
  const special = Object.hasOwn(specialPrograms, name) ? specialPrograms[name] : undefined
  const own = special?.({ name, words, text, judging })
  if (own) return own
  const cloud = Object.hasOwn(specialPrograms, name) ? null : judgeCloud(name, words, text)
  if (cloud) return cloud
  if (interpreters.has(name)) {
    const needsTerminal =
      words.length === 0 && !judging.readsPipe ? `${name} needs a terminal here.` : null
    return verdict(text, 'change', `${name} runs a program that is not judged.`, { needsTerminal })
  }
  const program = programOf(name)
  // A function may be set where it is not seen here: a name that the tables have is judged by them too.
  if (!program && judging.functions.has(name)) {
    return verdict(text, 'read', `${name} is a function of this text, which is judged by itself.`)
  }
  if (!program)
    return verdict(text, 'change', `It is not known what ${name} does.`, { isUnknown: true })
  return judgeProgram(name, program, words, text, judging)
}

function judgeWrapped(
  name: string,
  { takes, bare, operands, assigns, runsAlone }: Wrapper,
  words: readonly Word[],
  text: string,
  again: (words: readonly Word[]) => readonly Verdict[],
): readonly Verdict[] {
  const { rest, odd } = behindOptions(words, listed(takes), listed(bare))
  const found: Verdict[] = []
  if (odd && !(name === 'nice' && /^-\d+$/.test(odd.value ?? ''))) {
    const shell = name === 'sudo' && /^-(?:i|s|-login|-shell)$/.test(odd.value ?? '')
    found.push(
      verdict(text, 'change', `What ${odd.text} makes of ${name} is not judged.`, {
        needsTerminal:
          shell && rest.length === 0 ? `${name} opens a shell, which needs a terminal.` : null,
      }),
    )
  }
  let inner = rest.slice(operands)
  if (assigns) {
    let index = 0
    for (const word of inner) {
      const assigned = /^([A-Za-z_]\w*)=/.exec(fixedBeginning(word))?.[1]
      if (assigned === undefined) break
      if (dangerousVariable(assigned)) {
        found.push(verdict(text, 'change', `${assigned} decides which programs run, or how.`))
      }
      index += 1
    }
    inner = inner.slice(index)
  }
  const isAsking = name === 'command' && findOption(words.slice(0, 1), '-v -V') !== null
  if (isAsking) return [verdict(text, 'read', 'It only tells which program this is.')]
  if (inner.length === 0) {
    return runsAlone && !odd
      ? [...found, verdict(text, 'read', `${name} runs nothing here.`)]
      : [...found, verdict(text, 'change', `What ${name} runs is not known.`)]
  }
  return [...found, ...again(inner)]
}

function judgeShell(
  name: string,
  words: readonly Word[],
  text: string,
  judging: Judging,
  judgeText: JudgeText,
): readonly Verdict[] {
  const at = words.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word.value ?? ''))
  if (at < 0) {
    const reads = judging.readsPipe || words.some(({ value }) => value === '-s')
    const why =
      reads || words.length === 0
        ? `${name} runs whatever it is given.`
        : `${name} runs a script that is not judged.`
    return [
      verdict(text, 'change', why, {
        needsTerminal:
          words.length === 0 && !judging.readsPipe ? `${name} needs a terminal here.` : null,
      }),
    ]
  }
  const script = words[at + 1]
  if (!script || script.value === null) {
    return [verdict(text, 'change', `What ${name} runs is only known when it runs.`)]
  }
  const before = words.slice(0, at).some(({ value }) => !/^-[eux]+$/.test(value ?? ''))
  const odd = before ? [verdict(text, 'change', `${name} has options that are not judged.`)] : []
  return [...odd, ...judgeText(script.value, judging)]
}

function judgeSu(
  name: string,
  words: readonly Word[],
  text: string,
  judging: Judging,
  judgeText: JudgeText,
): readonly Verdict[] {
  const script = optionValue(words, '-c --command')
  if (!script) {
    const needsTerminal = name === 'su' ? 'su opens a shell, which needs a terminal.' : null
    return [verdict(text, 'change', `What ${name} runs is not judged.`, { needsTerminal })]
  }
  if (script.value === null)
    return [verdict(text, 'change', `What ${name} runs is only known when it runs.`)]
  return judgeText(script.value, judging)
}

function judgeWatch(
  words: readonly Word[],
  text: string,
  judging: Judging,
  judgeText: JudgeText,
): readonly Verdict[] {
  const { rest, odd } = behindOptions(
    words,
    listed('-n --interval'),
    listed(
      '-d -t -b -e -g -c -x -w --differences --no-title --beep --errexit --chgexit --color --exec --precise -p',
    ),
  )
  const endless = verdict(text, odd ? 'change' : 'read', 'watch repeats a command.', {
    neverEnds: 'watch repeats the command until it is stopped.',
  })
  return [endless, ...judgeJoined('watch', rest, text, judging, judgeText)]
}

function judgeFind(
  words: readonly Word[],
  text: string,
  { checked }: Judging,
  again: (words: readonly Word[]) => readonly Verdict[],
): readonly Verdict[] {
  if (words.some(({ value }) => value === '-delete'))
    return [verdict(text, 'destroy', 'find deletes the files that it finds.')]
  const inner = findCommands(words)
  const commands = inner.flatMap((command) => again(command))
  const writes = words.some(({ value }) => /^-(?:fprint0?|fprintf|fls)$/.test(value ?? ''))
  if (writes) return [...commands, verdict(text, 'change', 'find writes a file.')]
  const ran = new Set(inner.flat().map(({ start }) => start))
  const unknown = words.find((word) => !ran.has(word.start) && mayBeOption(word, checked))
  if (unknown)
    return [
      ...commands,
      verdict(
        text,
        'change',
        `${unknown.text} is only known when it runs, and could be an action of find.`,
      ),
    ]
  return [...commands, verdict(text, 'read', 'find only looks for files.')]
}

/** Words that a shell gets joined by blanks. */
function judgeJoined(
  name: string,
  words: readonly Word[],
  text: string,
  judging: Judging,
  judgeText: JudgeText,
): readonly Verdict[] {
  const values = words.map(({ value }) => value)
  if (name !== 'eval' && values.length > 0 && values.every((value) => value !== null)) {
    return judgeText(values.join(' '), judging)
  }
  if (
    name === 'ssh' &&
    values[0] !== undefined &&
    values[0] !== null &&
    !values.slice(0, 1).some((value) => value === null)
  ) {
    // A value that the far shell reads again can be anything there.
    return [
      verdict(
        text,
        'change',
        `The shell on the other side reads ${words.find(({ value }) => value === null)?.text ?? ''} as a part of a command.`,
      ),
      ...judgeText(values.map((value) => value ?? 'x').join(' '), judging),
    ]
  }
  const known = values.every((value) => value !== null) ? judgeText(values.join(' '), judging) : []
  return [
    verdict(text, 'change', `${name} runs a text that is put together when it runs.`),
    ...known,
  ]
}

/** `trap 'text' EXIT`, `alias name='text'`: the text runs later. */
function judgeKept(
  name: string,
  words: readonly Word[],
  text: string,
  judging: Judging,
  judgeText: JudgeText,
): readonly Verdict[] {
  const kept = name === 'trap' ? words.slice(0, 1) : words.map((word) => afterName(word))
  const inner = kept.flatMap(({ value }) =>
    value === null || /^-?$/.test(value) ? [] : judgeText(value, judging),
  )
  return [verdict(text, 'change', `${name} keeps a command for later.`), ...inner]
}

const afterName = (word: Word): Word => ({
  ...word,
  value: word.value === null ? null : word.value.slice(word.value.indexOf('=') + 1),
})

function judgeCarried(
  name: string,
  carried: Exclude<Carried, { readonly kind: 'none' }>,
  words: readonly Word[],
  text: string,
  judging: Judging,
  judgeText: JudgeText,
): readonly Verdict[] {
  const found: Verdict[] = []
  if (carried.warning !== null) found.push(verdict(text, 'change', carried.warning))
  const isSsh = name === 'ssh'
  // Input that comes out of a pipe or a file needs none.
  const tty = isSsh
    ? '-t -tt'
    : judging.readsPipe
      ? '-t --tty'
      : '-t --tty -i --stdin --interactive'
  const at = words.findIndex(({ value }) => value === '--')
  const own = at >= 0 ? words.slice(0, at) : words.slice(0, words.length - carried.words.length)
  const asks =
    name === 'xargs' || name === 'ip'
      ? null
      : findOption(own, tty, '-n -c -e -u -w -l -p -o -i'.replace(isSsh ? '' : ' -i', ''))
  if (asks)
    found.push(
      verdict(text, 'read', `${asks.text} asks for a terminal.`, {
        needsTerminal: `${name} asks for a terminal here (${asks.text}).`,
      }),
    )
  if (carried.words.length === 0) {
    if (name === 'xargs')
      return [...found, verdict(text, 'read', 'xargs only prints what it is given.')]
    const needsTerminal = judging.readsPipe
      ? null
      : `${name} opens a shell, which needs a terminal.`
    return [
      ...found,
      verdict(text, 'change', `What ${name} runs there is not known.`, { needsTerminal }),
    ]
  }
  if (carried.kind === 'text')
    return [...found, ...judgeJoined(name, carried.words, text, judging, judgeText)]
  return [...found, ...judgeWords(carried.words, text, judging, judgeText)]
}
