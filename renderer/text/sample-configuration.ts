/** The file that turns the drill into a watch: what the guide shows and copies. */
export const sampleConfiguration = `# Deckwatch reads this file again whenever it changes.
sources:
  - name: alertmanager
    type: alertmanager
    url: http://localhost:9093
    # With a password, named and never written here:
    # auth:
    #   basic: { username: me, password: env:ALERTMANAGER_PASSWORD }
    # An alert that must always fire, so that silence is noticed:
    # heartbeats: ['alertname="Watchdog"']
`
