/** How documents look that leave Deckwatch: on a screen, light or dark as the reader's system is, and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c1e21; --muted: #565b63; --line: #c9cdd3; --ground: #fff; --code: #f3f4f6; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --muted: #a2a8b1; --line: #3c424b; --ground: #14171a; --code: #1d2126; --warn: #f0b45c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
h3 { font-size: 1.05rem; margin-top: 2rem; }
h4 { font-size: 1rem; margin-top: 1.5rem; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.15rem 1rem; margin: 0.75rem 0; }
dt { color: var(--muted); }
dd { margin: 0; }
pre { margin: 0.5rem 0; padding: 0.75rem; background: var(--code); border: 1px solid var(--line); border-radius: 4px; font: 0.875rem/1.45 ui-monospace, monospace; white-space: pre-wrap; tab-size: 8; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.3rem 0.5rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { color: var(--muted); font-weight: 600; white-space: nowrap; }
td:nth-child(3) { min-width: 7rem; }
code { font-family: ui-monospace, monospace; }
a { color: inherit; }
img { display: block; max-width: 100%; max-height: 40rem; margin: 0.5rem 0; border: 1px solid var(--line); }
del { color: var(--muted); }
ins { text-decoration: none; }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.remark, .drill { border-inline-start: 4px solid var(--warn); padding-inline-start: 0.75rem; }
.note { display: block; white-space: pre-wrap; }
.muted { color: var(--muted); }
@media print {
  :root { --text: #000; --muted: #444; --line: #999; --ground: #fff; --code: #fff; --warn: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3, h4 { break-after: avoid; }
  tr { break-inside: avoid; }
}
`

/** SHA-256 of {@link STYLE} in Base64: the one style that such a document allows. */
export const STYLE_HASH = 'WUq9GJr69FJtX/p3Wi/olAoKaT1alpw3ppXOG5Rr8CM='
