import type { Groups } from '#shared/domain/matcher/expression.ts'

/** `$1`, `${1}`, `$name`, `${name}` and `$$`; a name is as long as it can be. */
const reference = /\$(?:\$|(?<plain>[\p{L}\p{Nd}_]+)|\{(?<braced>[\p{L}\p{Nd}_]+)\})/gu

/** Puts the groups of a match into a template, as Go's `Regexp.Expand` does. */
export function expandTemplate(template: string, groups: Groups): string {
  return template.replace(reference, (whole: string, plain?: string, braced?: string) => {
    const name = plain ?? braced
    return name === undefined ? whole.slice(1) : groups(groupOf(name))
  })
}

function groupOf(name: string): number | string {
  return /^(?:0|[1-9][0-9]{0,7})$/.test(name) ? Number(name) : name
}
