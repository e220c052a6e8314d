import { listed } from './program.ts'
import { sshBare, sshSettings, sshTakes, xargsTakes } from './wrappers.ts'
import { fixedBeginning, type Word } from './word.ts'

/** A command that another one runs: as words, or as text that a shell reads. */
export type Carried =
  | { readonly kind: 'words'; readonly words: readonly Word[]; readonly warning: string | null }
  | { readonly kind: 'text'; readonly words: readonly Word[]; readonly warning: string | null }
  /** Nothing is carried; the program is judged by its own table. */
  | { readonly kind: 'none' }

const none: Carried = { kind: 'none' }

/** The words behind the options of a program, and the option that is not known, if there is one. */
export function behindOptions(
  words: readonly Word[],
  takes: readonly string[],
  bare: readonly string[],
): { readonly rest: readonly Word[]; readonly odd: Word | null } {
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (!word) break
    const text = word.value ?? fixedBeginning(word)
    if (text === '--') return { rest: words.slice(index + 1), odd: null }
    if (!text.startsWith('-') || text === '-') return { rest: words.slice(index), odd: null }
    const name = text.split('=', 1)[0] ?? ''
    if (takes.includes(name) && (name.length > 2 || text === name)) {
      index += text.includes('=') ? 0 : 1
      continue
    }
    const isAttached = takes.some(
      (option) => option.length === 2 && text.startsWith(option) && !text.startsWith('--'),
    )
    const isCluster =
      /^-[A-Za-z0-9]+$/.test(text) &&
      text
        .slice(1)
        .split('')
        .every((letter) => bare.includes(`-${letter}`))
    if (!isAttached && !isCluster && !bare.includes(name))
      return { rest: words.slice(index + 1), odd: word }
  }
  return { rest: [], odd: null }
}

/** `kubectl exec POD -- CMD`: what stands behind `--`, else behind the pod, in the old way of writing. */
function kubectlExec(words: readonly Word[]): Carried {
  const at = words.findIndex(({ value }) => value === '--')
  if (at >= 0) return { kind: 'words', words: words.slice(at + 1), warning: null }
  const verb = words.findIndex(({ value }) => value === 'exec' || value === 'rsh')
  const takes = listed(
    '-n --namespace --context -c --container --kubeconfig --cluster --user --pod-running-timeout -f --filename',
  )
  const { rest, odd } = behindOptions(
    words.slice(verb + 1),
    takes,
    listed('-i -t -it -ti --stdin --tty -q --quiet -T'),
  )
  const after = behindOptions(rest.slice(1), takes, listed('-i -t -it -ti --stdin --tty'))
  return {
    kind: 'words',
    words: after.rest,
    warning: odd || after.odd ? 'It has options that are not known.' : null,
  }
}

function dockerExec(words: readonly Word[]): Carried {
  const verb = words.findIndex(({ value }) => value === 'exec')
  const takes = listed('-e --env --env-file -u --user -w --workdir --detach-keys --index')
  const bare = listed(
    '-i -t -d -it -ti --interactive --tty --detach --privileged -T --latest -l -s --sync',
  )
  const { rest, odd } = behindOptions(words.slice(verb + 1), takes, bare)
  const inner = rest[1]?.value === '--' ? rest.slice(2) : rest.slice(1)
  return {
    kind: 'words',
    words: inner,
    warning: odd ? `${odd.text} is an option that is not known.` : null,
  }
}

/** `ssh HOST CMD`: the far shell gets the words joined. */
function ssh(words: readonly Word[]): Carried {
  const { rest, odd } = behindOptions(words, listed(sshTakes), listed(sshBare))
  const values = words.filter((_, index) => words[index - 1]?.value === '-o')
  const own = words.slice(0, words.length - rest.length)
  const settings = [...values, ...own.filter((word) => /^-o./.test(fixedBeginning(word)))]
  const isOdd = settings.some(
    (word) => !sshSettings.test((word.value ?? fixedBeginning(word)).replace(/^-o/, '')),
  )
  const tunnels = own.some((word) => /^-[LRDWFEJSIQOM]/.test(fixedBeginning(word)))
  const warning =
    odd || isOdd || tunnels
      ? 'ssh has an option that could open something or run a command here.'
      : null
  const after = behindOptions(rest.slice(1), listed(sshTakes), listed(sshBare))
  return {
    kind: 'text',
    words: after.rest,
    warning: after.odd ? 'ssh has an option that is not known.' : warning,
  }
}

/** `xargs CMD`: words that are not known yet come behind it, or where `-I` says. */
function xargs(words: readonly Word[]): Carried {
  const { rest, odd } = behindOptions(
    words,
    listed(xargsTakes),
    listed('-0 -r -t -p -x -i --null --no-run-if-empty --verbose --exit -o'),
  )
  const own = words.slice(0, words.length - rest.length)
  const at = own.findIndex(({ value }) => value === '-I' || value === '--replace')
  const mark =
    at >= 0
      ? (own[at + 1]?.value ?? '{}')
      : own.some(({ value }) => value === '-i')
        ? '{}'
        : (own.find(({ value }) => /^-I./.test(value ?? ''))?.value?.slice(2) ?? null)
  const inner =
    rest.length === 0
      ? []
      : mark === null
        ? [...rest, added]
        : rest.map((word) => filledIn(word, mark))
  return {
    kind: 'words',
    words: inner,
    warning: odd ? `${odd.text} is an option that is not known.` : null,
  }
}

/** What a word becomes that has `mark` in it: not known yet. */
function filledIn(word: Word, mark: string): Word {
  if (mark === '' || !word.text.includes(mark)) return word
  const beginning = fixedBeginning(word).split(mark, 1)[0] ?? ''
  const literal = {
    kind: 'literal',
    text: beginning,
    name: '',
    isPlain: true,
    parts: [],
    start: word.start,
    end: word.end,
  } as const
  const unknown = { ...literal, kind: 'other', text: mark } as const
  return { ...word, value: null, parts: beginning === '' ? [unknown] : [literal, unknown] }
}

/** A word that is only known when it runs. */
const added: Word = { text: 'what comes out of the pipe', value: null, parts: [], start: 0, end: 0 }

/** What a program runs on behalf of others; `words` stand behind its name. */
export function carriedBy(name: string, words: readonly Word[]): Carried {
  const values = words.map(({ value }) => value)
  if ((name === 'kubectl' || name === 'oc') && (values.includes('exec') || values.includes('rsh')))
    return kubectlExec(words)
  if (/^(?:docker|podman|nerdctl|docker-compose|crictl)$/.test(name) && values.includes('exec'))
    return dockerExec(words)
  if (name === 'ssh') return ssh(words)
  if (name === 'xargs') return xargs(words)
  if (name === 'ip' && values[0] === 'netns' && values[1] === 'exec') {
    return { kind: 'words', words: words.slice(3), warning: null }
  }
  return none
}

/** The command that a new pod starts with: `kubectl debug node/x -- CMD`. Empty: none is named. */
export function startedBy(name: string, words: readonly Word[]): readonly Word[] {
  const starts = words.some(({ value }) => value === 'debug' || value === 'run')
  const at = words.findIndex(({ value }) => value === '--')
  return (name === 'kubectl' || name === 'oc') && starts && at >= 0 ? words.slice(at + 1) : []
}

/** The commands behind `-exec` and its like of find. */
export function findCommands(words: readonly Word[]): readonly (readonly Word[])[] {
  const found: (readonly Word[])[] = []
  for (const [index, { value }] of words.entries()) {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(value ?? '')) continue
    const rest = words.slice(index + 1)
    const end = rest.findIndex((word) => word.value === ';' || word.value === '+')
    found.push(rest.slice(0, end < 0 ? rest.length : end).map((word) => filledIn(word, '{}')))
  }
  return found
}
