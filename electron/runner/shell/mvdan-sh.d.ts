/** The part of mvdan-sh that is used: it is translated from Go and brings no types. */
declare module 'mvdan-sh' {
  export interface GoPosition {
    /** In bytes of UTF-8. */
    Offset(): number
    Line(): number
  }
  export interface GoNamed {
    readonly Value: string
  }
  /** A node of any kind: what a kind does not have is undefined. */
  export interface GoNode {
    Pos(): GoPosition
    End(): GoPosition
    readonly [field: string]: unknown
  }
  export interface GoOption {
    readonly option: unique symbol
  }
  export interface GoParser {
    /** Throws a Go error with `Error()`, or a RangeError where the text nests too deep. */
    Parse(text: string, name: string): GoNode
  }
  export interface Syntax {
    readonly LangBash: number
    NewParser(...options: readonly GoOption[]): GoParser
    Variant(language: number): GoOption
    KeepComments(keep: boolean): GoOption
    NodeType(node: GoNode): string
    /** Calls `visit` with each node, and with null when its children were visited. */
    Walk(node: GoNode, visit: (node: GoNode | null) => boolean): void
  }
  const sh: { readonly syntax: Syntax }
  // eslint-disable-next-line no-restricted-syntax -- the package has no other export
  export default sh
}
