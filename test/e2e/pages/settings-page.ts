import type { Locator, Page } from 'playwright'

/** The settings screen, the first steps and the palette, by roles and names. */
export class SettingsPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get main(): Locator {
    return this.page.getByRole('main', { name: 'Settings' })
  }

  get guide(): Locator {
    return this.page.getByRole('region', { name: 'First steps' })
  }

  /** A step of the guide that is ticked. */
  done(title: string): Locator {
    return this.guide.getByRole('listitem').filter({ hasText: `${title}, done` })
  }

  get palette(): Locator {
    return this.page.getByRole('dialog', { name: 'Command palette' })
  }

  get search(): Locator {
    return this.page.getByRole('combobox', { name: /Search actions/ })
  }

  option(name: string | RegExp): Locator {
    return this.palette.getByRole('option').filter({ hasText: name })
  }

  field(label: string | RegExp): Locator {
    return this.main.getByLabel(label)
  }

  button(name: string | RegExp): Locator {
    return this.main.getByRole('button', { name })
  }

  /** Opens a section of the settings by the mouse. */
  async open(section: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('button', { name: section })
      .click()
  }

  /** Runs a command of the palette by keyboard. */
  async command(text: string, title: string | RegExp = text): Promise<void> {
    await this.page.keyboard.press('Control+k')
    await this.search.fill(text)
    await this.option(title).first().waitFor()
    await this.page.keyboard.press('Enter')
    await this.palette.waitFor({ state: 'hidden' })
  }

  /** Tabs on until the element has the focus; rejects when the page is through without it. */
  async tabTo(target: Locator): Promise<void> {
    for (let steps = 0; steps < 80; steps += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error('The element cannot be reached by Tab')
  }
}
