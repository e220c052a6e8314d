/** A plain value of the file: what YAML can hold. */
export type PlainValue =
  | string
  | number
  | boolean
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue }

/** Keys with plain values, in the order in which they are written. */
export type PlainMap = Readonly<Record<string, PlainValue>>
