import type { LikenessWhy } from '#shared/domain/history/similar.ts'

/** Labels that are named at most: the first ones say most. */
const MAX_LABELS = 3

/** `Same service checkout, same cluster eu, same words: payments, fail`. */
export function whyWords({ labels, words }: LikenessWhy): string {
  const said = [
    ...labels.slice(0, MAX_LABELS).map(({ name, value }) => `same ${name} ${value}`),
    ...(words.length === 0
      ? []
      : [`same ${words.length === 1 ? 'word' : 'words'}: ${words.join(', ')}`]),
  ].join(', ')
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`
}
