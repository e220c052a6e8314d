/** Puts the caret behind the text of a field: whoever edits goes on where the sentence ends. */
export function caretToEnd(field: HTMLTextAreaElement | null): void {
  field?.setSelectionRange(field.value.length, field.value.length)
}
