/** True when the whole text matches. */
export type TextPredicate = (text: string) => boolean
