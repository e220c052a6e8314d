// What both render scripts need: a Chromium that draws, and the paths and containers of pictures.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findBinary } from '../test/setup/binaries.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** The path of a file under assets/. */
export const inAssets = (path) => join(here, path)

/** A page of a Chromium that paints nothing by itself, and how to close it. */
export async function openPage({ width, height, scale = 1 }) {
  const executablePath = findBinary('chromium')
  if (executablePath === null) throw new Error('Drawing needs Chromium: install it and try again.')
  const browser = await chromium.launch({
    executablePath,
    // One grey edge everywhere: no colour fringes, no hinting that differs between machines.
    args: ['--no-sandbox', '--disable-lcd-text', '--font-render-hinting=none'],
  })
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale })
  return { page, close: () => browser.close() }
}

/** A file as a `data:` address, for pages that may not read files. */
export function dataAddress(path, type) {
  return `data:${type};base64,${readFileSync(path).toString('base64')}`
}
