import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWith } from '#test/setup/requirements.ts'
import { isOfTheBrowser, openPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

/** What runs a script, fetches from elsewhere, or sends what is typed there, in as many ways as Markdown leaves. */
const attacks = (canary: string) => `
<script>window.owned = 'script'</script>
<script src="${canary}/script.js"></script>
<img src="${canary}/image.png" onerror="window.owned = 'onerror'">
<svg onload="window.owned = 'svg'"><image href="${canary}/svg.png" /></svg>
<iframe src="${canary}/frame.html" srcdoc="<script>parent.owned = 'frame'</script>"></iframe>
<object data="${canary}/object.html"></object>
<form action="${canary}/form"><input name="password" autofocus onfocus="window.owned = 'focus'"><button>Sign in again</button></form>
<a href="javascript:window.owned = 'html link'">an HTML link</a>
<style>@import url(${canary}/style.css); body { background: url(${canary}/background.png) }</style>
<link rel="stylesheet" href="${canary}/link.css">
<meta http-equiv="refresh" content="0; url=${canary}/refresh">
<details open ontoggle="window.owned = 'toggle'">more</details>

![a remote image](${canary}/markdown.png) and ![by reference][image]

[a script link](javascript:window.owned='link') [spelt otherwise](JaVaScRiPt:window.owned='case')
[with a line end](java&#10;script:window.owned='entity') [a page of data](data:text/html,<script>window.owned='data'</script>)
[VB](vbscript:window.owned) [a file](file:///etc/passwd) <javascript:window.owned='auto'>
[by another reference][script]

[image]: ${canary}/reference.png
[script]: javascript:window.owned='reference'
`

const runbook = (
  canary: string,
) => `# Disk full <img src="${canary}/title.png" onerror="window.owned='title'">

## Diagnosis <script>window.owned = 'heading'</script>
${attacks(canary)}
1. Look at it. <img src="${canary}/step.png" onerror="window.owned='step'"> [here](javascript:window.owned='step')

   ${attacks(canary).trim().replaceAll('\n', '\n   ')}

   \`\`\`sh
   echo '</pre><img src="${canary}/code.png" onerror="window.owned = 1">'
   \`\`\`

2. If it is <b onmouseover="window.owned='over'">full</b>, delete; otherwise wait.

| <img src="${canary}/cell.png"> | b |
|---|---|
| ![cell](${canary}/cell-markdown.png) | [x](javascript:window.owned='cell') |
`

describeWith(['chromium', 'alertmanager'], 'a hostile runbook', () => {
  let desk: Desk
  let canary: Server
  let address: string
  const asked: string[] = []

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    canary = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    })
    canary.listen(0, '127.0.0.1')
    await once(canary, 'listening')
    address = `http://127.0.0.1:${String((canary.address() as AddressInfo).port)}`
    desk = await startDesk({ alerts: [] })
    const folder = join(dirname(desk.home.config), 'runbooks')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'disk.md'), runbook(address))
    await desk.alertmanager.postAlerts([
      {
        labels: { alertname: 'DiskFull', severity: 'critical' },
        annotations: {
          summary: 'Disk is full',
          description: attacks(address),
          runbook_url: 'disk.md',
        },
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    ])
  })
  afterAll(async () => {
    await desk.stop()
    canary.close()
    await once(canary, 'close')
  })

  /** What of the page could do something that its author wants. */
  const alive = (page: Page) =>
    page.evaluate((origin) => {
      const found: string[] = []
      const owned: unknown = Reflect.get(window, 'owned')
      if (owned !== undefined) found.push(`a script ran: ${JSON.stringify(owned)}`)
      const elements =
        'iframe, object, embed, form[action], base, meta[http-equiv="refresh"], [name="password"]'
      for (const element of document.querySelectorAll(elements)) found.push(element.outerHTML)
      for (const element of document.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          const isHandler = name.startsWith('on')
          const isSource = ['src', 'srcset', 'data', 'poster', 'action'].includes(name)
          const isElsewhere = isSource && value.includes(origin)
          const isScript =
            /^\s*(javascript|vbscript|data:text|file):?/i.test(value) && name === 'href'
          if (isHandler || isElsewhere || isScript)
            found.push(`${element.tagName} ${name}=${value}`)
        }
      }
      return found
    }, address)

  /** Presses all that a reader could take for a link of the text. */
  const pressLinks = async (page: Page) => {
    const names =
      /script link|spelt otherwise|line end|page of data|VB|a file|another reference|HTML link|Sign in/
    for (const role of ['link', 'button'] as const) {
      for (const each of await page.getByRole('main').getByRole(role, { name: names }).all()) {
        await each.click()
      }
    }
  }

  it('does nothing but stand there: on its page, in the walkthrough, in the question for trust, in the alert', async () => {
    const context = await desk.browser.newContext({ viewport: { width: 1280, height: 800 } })
    const { page, complaints } = await openPage(context, desk.deckwatch.url, isOfTheBrowser)
    const elsewhere: string[] = []
    context.on('request', (request) => {
      const { origin } = new URL(request.url())
      if (origin !== new URL(desk.deckwatch.url).origin) elsewhere.push(request.url())
    })
    context.on('page', (opened) => elsewhere.push(`a window: ${opened.url()}`))
    page.on('dialog', (dialog) => {
      elsewhere.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })

    const now = new NowPage(page)
    await now.row('Disk is full').click(PATIENCE)
    await page.getByRole('button', { name: 'Runbook', exact: true }).waitFor(PATIENCE)
    expect(await alive(page)).toEqual([])

    await page.keyboard.press('b')
    const walk = new WalkthroughPage(page)
    await walk.focused(/^Step 1/).waitFor(PATIENCE)
    await walk.button('Review and trust').first().waitFor(PATIENCE)
    expect(await alive(page)).toEqual([])
    await pressLinks(page)
    await page.screenshot({ path: `${shots}/hostile-walkthrough.png` })

    await walk.button('Review and trust').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('a remote image').first().waitFor(PATIENCE)
    expect(await alive(page)).toEqual([])
    await page.screenshot({ path: `${shots}/hostile-trust.png` })
    await dialog.getByRole('button', { name: 'Trust this text' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await walk.button('Run').first().click(PATIENCE)
    // What it printed is the very code that it holds.
    await page.getByLabel('Output').getByText('</pre><img src=').waitFor(PATIENCE)
    expect(await alive(page)).toEqual([])

    await walk.button(/^Whole text/).click()
    await page.getByRole('main').getByText('a remote image').first().waitFor(PATIENCE)
    expect(await alive(page)).toEqual([])
    await pressLinks(page)
    await page.screenshot({ path: `${shots}/hostile-runbook.png`, fullPage: true })
    expect(await alive(page)).toEqual([])

    expect(elsewhere).toEqual([])
    expect(asked).toEqual([])
    expect(complaints).toEqual([])

    // The canary sings where something does ask it.
    await page.goto(`${address}/by-hand`)
    expect(asked).toContain('/by-hand')
    await context.close()
  })
})
