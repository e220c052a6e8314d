import type { Locator, Page } from 'playwright'

/** The alerts screen as a person finds their way on it: by roles, names and keys. */
export class AlertsPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** Goes there by its key and waits for the list. */
  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Screens' }).waitFor()
    await this.page.keyboard.press('2')
    await this.grid.waitFor()
  }

  get grid(): Locator {
    return this.page.getByRole('grid')
  }

  /** The lines that are in the page: those in view and a few more. */
  get lines(): Locator {
    return this.page.locator('[data-alert]')
  }

  line(text: string | RegExp): Locator {
    return this.lines.filter({ hasText: text })
  }

  get focused(): Locator {
    return this.page.locator('[data-alert]:focus')
  }

  get filter(): Locator {
    return this.page.getByRole('combobox', { name: 'Filter' })
  }

  get suggestions(): Locator {
    return this.page.getByRole('option')
  }

  /** `3 of 14 alerts`. */
  count(text: string | RegExp): Locator {
    return this.page.getByRole('status').filter({ hasText: text })
  }

  get panel(): Locator {
    return this.page.getByRole('complementary', { name: 'Alert details' })
  }

  /** What is chosen, asked, under way or done. */
  get bar(): Locator {
    return this.page.getByRole('region', { name: 'Selected alerts' })
  }

  /** What a list that is held still does not show yet. */
  news(text: string | RegExp): Locator {
    return this.page.getByRole('button', { name: text })
  }

  /** Presses it as a hand does: the pointer gets there over the list, rests, and then presses. */
  async pressNews(text: string | RegExp): Promise<void> {
    const { mouse } = this.page
    const box = await this.news(text).boundingBox()
    if (!box) throw new Error(`nothing says ${String(text)}`)
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 10 })
    // Two frames: what the pointer has changed on its way is on the screen.
    await this.page.evaluate(async () => {
      for (const _ of [1, 2]) await new Promise(requestAnimationFrame)
    })
    if (!(await this.news(text).isVisible())) {
      throw new Error(`what says ${String(text)} went away from under the pointer`)
    }
    await mouse.down()
    await mouse.up()
  }

  /** How many lines the list has, in view or not. */
  async size(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1
  }

  /** Replaces the filter by typing. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.press('Escape')
    await this.filter.focus()
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.press('Backspace')
    await this.page.keyboard.type(text)
  }
}
