/** Indentation as a text has it, for writing it anew. */
export function styleOf(text: string): { readonly indent: number; readonly indentSeq: boolean } {
  const indents = [...text.matchAll(/^( +)[^\s#]/gm)].map(([, spaces]) => spaces?.length ?? 0)
  return {
    indent: Math.min(8, ...indents) === 4 ? 4 : 2,
    indentSeq: !/^[A-Za-z]+:[^\n]*\n(?:\s*#[^\n]*\n)*- /m.test(text),
  }
}
