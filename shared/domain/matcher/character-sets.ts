/** Which characters, by code point, belong to a set. */
export type CharacterSet = (code: number) => boolean

const between = (low: number, high: number) => (code: number) => code >= low && code <= high
const isDigit = between(48, 57)
const isUpper = between(65, 90)
const isLower = between(97, 122)
const isAlpha = (code: number) => isUpper(code) || isLower(code)
const isWord = (code: number) => isAlpha(code) || isDigit(code) || code === 95
const isSpace = (code: number) =>
  code === 32 || code === 9 || code === 10 || code === 12 || code === 13

const named: Readonly<Record<string, CharacterSet>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWord,
  W: (code) => !isWord(code),
  s: isSpace,
  S: (code) => !isSpace(code),
}

/** The set behind an escape such as `\d`; null for a letter that names none. */
export function namedSet(letter: string): CharacterSet | null {
  return Object.hasOwn(named, letter) ? (named[letter] ?? null) : null
}

const isHex = (code: number) => isDigit(code) || between(65, 70)(code) || between(97, 102)(code)
const isVisible = between(33, 126)

const posix: Readonly<Record<string, CharacterSet>> = {
  alnum: (code) => isAlpha(code) || isDigit(code),
  alpha: isAlpha,
  ascii: between(0, 127),
  blank: (code) => code === 32 || code === 9,
  cntrl: (code) => code < 32 || code === 127,
  digit: isDigit,
  graph: isVisible,
  lower: isLower,
  print: (code) => code === 32 || isVisible(code),
  punct: (code) => isVisible(code) && !isAlpha(code) && !isDigit(code),
  space: (code) => isSpace(code) || code === 11,
  upper: isUpper,
  word: isWord,
  xdigit: isHex,
}

/** The set that `[:name:]` stands for; null where there is none. */
export function posixSet(name: string): CharacterSet | null {
  return Object.hasOwn(posix, name) ? (posix[name] ?? null) : null
}

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }

/** The character behind an escape such as `\n` or `\.`; null where the escape means nothing. */
export function escapedCharacter(char: string): number | null {
  if (Object.hasOwn(controls, char)) return controls[char] ?? null
  const code = char.codePointAt(0)
  return code === undefined || isWord(code) ? null : code
}
