import type { Locator, Page } from 'playwright'

const PATIENCE = { timeout: 30_000 }

/** The page of an incident as a person finds their way on it by keyboard. */
export class IncidentPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get title(): Locator {
    return this.page.locator('#past-incident-title')
  }

  section(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  row(section: string, text: string | RegExp): Locator {
    return this.section(section).locator('[data-row]').filter({ hasText: text })
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  get timeline(): Locator {
    return this.page.getByRole('region', { name: 'Timeline' }).getByRole('listitem')
  }

  /** Opens a form with its key, types into its fields, each after Tab, and sends it with Enter. */
  async fill(key: string, ...texts: readonly string[]): Promise<void> {
    // A form that was sent closes once the engine has answered, which may be after its entry is seen.
    await this.dialog.waitFor({ state: 'hidden', ...PATIENCE })
    await this.page.keyboard.press(key)
    await this.send(...texts)
  }

  /** Types into the fields of the form that is open, each after Tab, and sends it with Enter. */
  async send(...texts: readonly string[]): Promise<void> {
    await this.dialog.locator('[data-autofocus]:focus').waitFor(PATIENCE)
    for (const [index, text] of texts.entries()) {
      if (index > 0) await this.page.keyboard.press('Tab')
      await this.page.keyboard.type(text)
    }
    await this.page.keyboard.press('Enter')
    await this.dialog.waitFor({ state: 'hidden', ...PATIENCE })
  }

  /** Goes to a button of a row with Tab and presses it. */
  async press(section: string, text: string | RegExp, button: string): Promise<void> {
    const target = this.row(section, text).getByRole('button', { name: button, exact: true })
    await target.focus(PATIENCE)
    await this.page.keyboard.press('Enter')
  }

  async says(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor(PATIENCE)
  }
}
