import { listed } from './program.ts'
import { fixedBeginning, type Word } from './word.ts'

/** The letters of `-abc`; empty for anything else. */
const cluster = (text: string) => /^-([A-Za-z0-9]+)/.exec(text)?.[1] ?? ''

/**
 * The first word that is, or could be read as, one of the options of a list. Rather too many fit
 * than too few: programs take abbreviations (`--foll`), clusters (`-xvf`) and values behind `=`.
 *
 * @param takes options whose value may follow in the same word: `-nfoo` has no `-f`.
 */
export function findOption(words: readonly Word[], options: string, takes = ''): Word | null {
  const wanted = listed(options)
  const valued = new Set(
    listed(takes)
      .filter((option) => /^-\w$/.test(option))
      .map((option) => option[1]),
  )
  for (const word of words) {
    const text = fixedBeginning(word)
    if (word.value === '--') return null
    if (text.startsWith('-') && wanted.some((option) => isOption(text, option, valued))) return word
  }
  return null
}

function isOption(text: string, option: string, valued: ReadonlySet<string | undefined>): boolean {
  if (text === option) return true
  if (option.includes('=')) return text === option || text.startsWith(`${option},`)
  const [name = '', value] = text.split('=', 2)
  if (value === 'false') return false
  if (name === option) return true
  if (option.startsWith('--'))
    return name.startsWith('--') && name.length > 3 && option.startsWith(name)
  if (option.length !== 2) return false
  if (text.startsWith('--')) return false
  if (text.startsWith(option)) return true
  for (const letter of cluster(text)) {
    if (letter === option[1]) return true
    if (valued.has(letter)) return false
  }
  return false
}

/**
 * The value of an option, as `--name value`, `--name=value`, `-nvalue` or `-abnvalue`; null: it is
 * not there.
 *
 * @param takes other options whose value may follow in the same word.
 */
export function optionValue(words: readonly Word[], options: string, takes = ''): Word | null {
  const wanted = listed(options)
  const valued = listed(takes).filter((option) => !wanted.includes(option))
  for (const [index, word] of words.entries()) {
    if (word.value === '--') return null
    const text = fixedBeginning(word)
    if (wanted.includes(text)) return words[index + 1] ?? null
    for (const option of wanted) {
      const isLong = option.startsWith('--')
      if (isLong ? text.startsWith(`${option}=`) : option.length === 2 && text.startsWith(option)) {
        return behind(word, isLong ? option.length + 1 : option.length + (text[2] === '=' ? 1 : 0))
      }
      const letters = isLong || option.length !== 2 ? '' : cluster(text)
      const at = letters.indexOf(option[1] ?? '')
      if (
        at <= 0 ||
        letters
          .slice(0, at)
          .split('')
          .some((letter) => valued.includes(`-${letter}`))
      )
        continue
      return at + 2 < text.length ? behind(word, at + 2) : (words[index + 1] ?? null)
    }
  }
  return null
}

/** A word without so many characters of its fixed beginning. */
function behind(word: Word, length: number): Word {
  const value = word.value === null ? null : word.value.slice(length)
  return { ...word, value, text: word.text.slice(length) }
}

/** Words that are no options and no values of the options that take one. */
export function operands(words: readonly Word[], takes: string): readonly Word[] {
  const valued = new Set(listed(takes))
  const found: Word[] = []
  let isOnlyOperands = false
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (!word) continue
    const text = fixedBeginning(word)
    if (!isOnlyOperands && word.value === '--') isOnlyOperands = true
    else if (!isOnlyOperands && text.startsWith('-') && text !== '-') {
      if (valued.has(text)) index += 1
    } else found.push(word)
  }
  return found
}
