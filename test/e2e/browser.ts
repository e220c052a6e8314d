import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { binary } from '#test/setup/requirements.ts'

/** Debian's Chromium without anything that looks for a network. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: binary('chromium'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** What a page complained about: a test that ends with complaints has failed. */
export interface WatchedPage {
  readonly page: Page
  readonly complaints: readonly string[]
}

/** Opens a page whose console errors, page errors and blocked resources are collected. */
export async function openPage(
  context: BrowserContext,
  url: string,
  isExpected: (text: string) => boolean = () => false,
): Promise<WatchedPage> {
  const complaints: string[] = []
  const page = await context.newPage()
  const complain = (text: string) => {
    if (!isExpected(text)) complaints.push(text)
  }
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(message.text())
  })
  page.on('pageerror', (error) => {
    complain(error.message)
  })
  await page.goto(url)
  return { page, complaints }
}

/** What a browser itself says of an engine that is gone: a test that stops one expects it. */
export const isOfTheBrowser = (text: string): boolean =>
  /WebSocket connection to|net::ERR_|status of 401/.test(text)
