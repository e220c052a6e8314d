/** What Deckwatch runs with, and how to change it. */
export function Settings() {
  return <main aria-label="Settings" />
}
