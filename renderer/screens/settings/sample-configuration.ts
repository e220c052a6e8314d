/** The file that turns the drill into a watch: what the guide shows and copies. */
export const sampleConfiguration = `# Deckwatch reads this file again whenever it changes.
sources:
  - name: alertmanager
    type: alertmanager
    url: http://localhost:9093
    # A password is named here, never written:
    # auth:
    #   basic: { username: me, password: env:AM_PASSWORD }
    # An alert that must always fire; Deckwatch alerts when it is missing:
    # heartbeats: ['alertname="Watchdog"']
`
