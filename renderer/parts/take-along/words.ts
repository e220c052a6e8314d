import type { TakeAlongAction } from '../../keyboard/shortcuts.ts'

/** How each is called: in full, beside a heading, and by other people in the palette. */
export const takeAlongWords: Readonly<
  Record<
    TakeAlongAction,
    { readonly title: string; readonly label: string; readonly keywords: string }
  >
> = {
  'copy-text': {
    title: 'Copy text for a chat',
    label: 'Copy text',
    keywords: 'clipboard share slack teams paste yank',
  },
  'export-markdown': {
    title: 'Export timeline as Markdown',
    label: 'Markdown',
    keywords: 'download save file md',
  },
  'export-html': {
    title: 'Export timeline as HTML',
    label: 'HTML',
    keywords: 'download save file page print images pictures',
  },
  'export-json': {
    title: 'Export timeline as JSON',
    label: 'JSON',
    keywords: 'download save file',
  },
  'evidence-markdown': {
    title: 'Export evidence as Markdown',
    label: 'Markdown',
    keywords: 'download save file md commands outputs steps runs audit',
  },
  'evidence-html': {
    title: 'Export evidence as HTML',
    label: 'HTML',
    keywords: 'download save file page print commands outputs steps runs audit',
  },
}
