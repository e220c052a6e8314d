/** Variables that every command gets: where programs and the home are, language, zone, who runs it. */
const ALWAYS = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'USER', 'LOGNAME', 'SHELL']
const LOCALE = /^LC_[A-Z]+$/

/** The variable that every process of a run inherits, and is found by. */
export const RUN_VARIABLE = 'DECKWATCH_RUN'

/** What a command finds in its environment. */
export interface WantedEnvironment {
  /** Variables by name, in place of those that are passed on. */
  readonly environment: Readonly<Record<string, string>>
  /** Names of Deckwatch's own variables that it needs besides, such as `SSH_AUTH_SOCK`. */
  readonly passOn?: readonly string[]
}

/**
 * The environment of a command: little of Deckwatch's own, which may hold secrets, and what it needs.
 *
 * @param own the variables of Deckwatch itself.
 * @param mark what marks this run, for no other one.
 */
export function createEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  { environment, passOn = [] }: WantedEnvironment,
  mark: string,
): Readonly<Record<string, string>> {
  const passed = new Set([...ALWAYS, ...passOn])
  return Object.fromEntries([
    ...Object.entries(own).flatMap(([name, value]) =>
      value !== undefined && (passed.has(name) || LOCALE.test(name)) ? [[name, value]] : [],
    ),
    ...Object.entries(environment),
    [RUN_VARIABLE, mark],
  ]) as Record<string, string>
}
