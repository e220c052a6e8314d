/** Words of one search that are looked for at most; a person does not type more. */
export const MAX_SEARCH_WORDS = 20

/** A word as it is compared: small, without accents. */
export function plainWord(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
}

/** The words of a text, as they are compared, each as often as it is there. */
export function wordsIn(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? []).map(plainWord)
}

/** Words of a search, each once, at most {@link MAX_SEARCH_WORDS}. */
export function searchWords(text: string): readonly string[] {
  return [...new Set(wordsIn(text))].slice(0, MAX_SEARCH_WORDS)
}

/** `KubePodCrashLooping` or `job_failed` as the words that it is made of. */
export function wordsOfName(name: string): string {
  return name.replaceAll(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ').replaceAll('_', ' ')
}

const compound = /[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*/gu

/** A text in which names of several words stand as they are and, behind that, as their words. */
export function withWordsOfNames(text: string): string {
  return text.replaceAll(compound, (name) => `${name} ${wordsOfName(name)}`)
}
