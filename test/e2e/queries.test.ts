import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startLokiStub } from '#test/integration/runner/query-stubs.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { isOfTheBrowser, openPage } from './browser.ts'
import { startDesk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const SECRET = 'loki-token-of-the-desk'

const runbook = `# Orders fail

## Diagnosis
1. What does the service say?

   \`\`\`logql {"name":"errors","since":"15m","expect":"lines>0"}
   {service="{{ $labels.service }}"} |= "error"
   \`\`\`
`

describeWith(['chromium', 'alertmanager'], 'a query of a runbook', () => {
  it('is sent where the configuration says, once its runbook is trusted, and its answer is read', async () => {
    const at = `${String(Date.now() - 5_000)}000000`
    const loki = await startLokiStub(() => [
      200,
      {
        status: 'success',
        data: {
          resultType: 'streams',
          result: [{ stream: { service: 'orders' }, values: [[at, 'error: no stock of 4711']] }],
        },
      },
    ])
    const desk = await startDesk({
      alerts: [],
      configuration: `queries:\n  - { type: loki, name: logs, url: ${loki.url}, auth: { bearer: file:token } }\n`,
    })
    onTestFinished(() => desk.stop())
    const folder = dirname(desk.home.config)
    writeFileSync(join(folder, 'token'), SECRET, { mode: 0o600 })
    mkdirSync(join(folder, 'runbooks'), { recursive: true })
    writeFileSync(join(folder, 'runbooks/orders.md'), runbook)
    await desk.alertmanager.postAlerts([
      {
        labels: { alertname: 'OrdersFail', severity: 'critical', service: 'orders' },
        annotations: { summary: 'Orders fail', runbook_url: 'orders.md' },
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    ])
    const context = await desk.browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    })
    onTestFinished(() => context.close())
    const watched = await openPage(context, desk.deckwatch.url, isOfTheBrowser)
    const { page } = watched
    const walk = new WalkthroughPage(page)
    await new NowPage(page).row('Orders fail').click(PATIENCE)
    await page.getByRole('button', { name: 'Runbook', exact: true }).waitFor(PATIENCE)
    await page.keyboard.press('b')
    await walk.button('Review and trust').waitFor(PATIENCE)
    expect(loki.requests).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Trust this text' }).click(PATIENCE)
    await walk.button('Run').waitFor(PATIENCE)
    await page.getByText('LogQL query', { exact: true }).waitFor(PATIENCE)
    await walk.focusStep()
    await page.keyboard.press('Enter')
    await page.getByText('error: no stock of 4711').first().waitFor(PATIENCE)
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: `${shots}/run-query.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    expect(loki.requests).toHaveLength(1)
    expect(loki.requests[0]?.query.get('query')).toBe('{service="orders"} |= "error"')
    expect(loki.requests[0]?.headers.authorization).toBe(`Bearer ${SECRET}`)
    expect(await page.content()).not.toContain(SECRET)
    expect(watched.complaints).toEqual([])
  })
})
