/** A label that a plan leaves open: `{{ $labels.service }}` or `$labels.service`. */
const placeholder =
  /\{\{\s*\$labels\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}|\$labels\.([A-Za-z_][A-Za-z0-9_]*)/g

/** Where a text of a plan leaves a label open: its name, and the part of the text that stands for it. */
export interface LabelPlaceholder {
  readonly name: string
  /** Offsets in UTF-16 units; `to` is the first one behind it. */
  readonly from: number
  readonly to: number
}

/** Every label that a text leaves open, in the order of the text. */
export function labelPlaceholders(text: string): readonly LabelPlaceholder[] {
  return [...text.matchAll(placeholder)].map((match) => ({
    name: match[1] ?? match[2] ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }))
}
