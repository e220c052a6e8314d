import { behindOptions } from './carriers.ts'
import type { ShellParse } from './parse.ts'
import { listed } from './program.ts'
import { programName } from './programs.ts'
import { fixedBeginning, type Word } from './word.ts'
import { wrappers } from './wrappers.ts'

/** What bash brings itself. */
const builtins = new Set(
  listed(
    '. : [ alias bg break builtin case cd command compgen complete continue declare dirs disown echo enable eval exec ' +
      'exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd ' +
      'pwd read readarray readonly return select set shift shopt source suspend test time times trap true type ' +
      'typeset ulimit umask unalias unset wait',
  ),
)

/**
 * The programs that a text starts on this machine by their names, each once, in its order. What runs
 * elsewhere, as behind `ssh` or `kubectl exec`, and what is named by a path, is not among them.
 */
export function localPrograms({ segments, functions }: ShellParse): readonly string[] {
  const found = new Set<string>()
  for (const { words } of segments) {
    for (const name of namesOf(words)) {
      if (!builtins.has(name) && !functions.has(name)) found.add(name)
    }
  }
  return [...found]
}

/** A program, and what it only starts: `sudo timeout 5 df` is three. */
function namesOf(words: readonly Word[]): readonly string[] {
  const names: string[] = []
  let rest = words
  while (rest[0]) {
    const value = rest[0].value
    if (value === null || value === '' || value.includes('/')) break
    const name = programName(value)
    names.push(name)
    const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined
    if (!wrapper) break
    const behind = behindOptions(rest.slice(1), listed(wrapper.takes), listed(wrapper.bare))
    // With an option that is not known it is not known where the program stands.
    if (behind.odd) break
    rest = behind.rest.slice(wrapper.operands)
    if (wrapper.assigns) {
      const first = rest.findIndex((word) => !/^[A-Za-z_]\w*=/.test(fixedBeginning(word)))
      rest = first < 0 ? [] : rest.slice(first)
    }
  }
  return names
}
