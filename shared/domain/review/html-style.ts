/** How a review looks: on a screen, light or dark as the reader's system is, and on paper. */
export const REVIEW_STYLE = `
:root { color-scheme: light dark; --text: #1c1e21; --muted: #565b63; --line: #c9cdd3; --ground: #fff; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --muted: #a2a8b1; --line: #3c424b; --ground: #14171a; --warn: #f0b45c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2rem 1.25rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 0.5rem; border-top: 1px solid var(--line); padding-top: 0.75rem; }
p { margin: 0.5rem 0; white-space: pre-line; }
ul { margin: 0.5rem 0; padding-inline-start: 1.25rem; }
li { margin: 0.2rem 0; white-space: pre-line; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.15rem 1rem; margin: 0.75rem 0; }
dt { color: var(--muted); }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; margin: 0.5rem 0; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 600; }
th:nth-child(1) { width: 38%; }
.muted { color: var(--muted); }
.drill { border-inline-start: 4px solid var(--warn); padding-inline-start: 0.75rem; font-weight: 600; }
@page { margin: 18mm 16mm; }
@media print {
  :root { --text: #000; --muted: #444; --line: #999; --ground: #fff; --warn: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, p:has(+ ul) { break-after: avoid; }
  tr, li { break-inside: avoid; }
  thead { display: table-header-group; }
}
`

/** SHA-256 of {@link REVIEW_STYLE} in Base64: the one style that the document allows. */
export const REVIEW_STYLE_HASH = 'jlaqZYa8Vv01F76zf4zOpzVeBRJR5DQtVTGKtKQBgJo='
