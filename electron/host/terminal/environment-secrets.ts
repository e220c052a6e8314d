/** Names of variables whose values nobody is to see. */
const SECRET = /pass(?:word|wd|phrase)|secret|token|api_?key|access_?key|private_?key|credential/i

/** The values of an environment that are secrets by their names. */
export function secretsOf(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && SECRET.test(name) ? [value] : [],
  )
}
