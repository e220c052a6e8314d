import type { Locator, Page } from 'playwright'

/** The runbooks as a person finds their way: by roles and names. */
export class RunbooksPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get #main(): Locator {
    return this.page.getByRole('main', { name: 'Runbooks' })
  }

  /** Goes to the place of the runbooks, by its key. */
  async open(): Promise<void> {
    await this.page.keyboard.press('4')
    await this.#main.waitFor()
  }

  /** The line of a runbook by its title. */
  row(title: string | RegExp): Locator {
    return this.#main.getByRole('button', { name: title }).first()
  }

  /** Searches by its key. */
  async search(words: string): Promise<void> {
    await this.page.keyboard.press('/')
    await this.#main.getByRole('textbox').and(this.page.locator(':focus')).waitFor()
    await this.page.keyboard.type(words)
  }

  /** A heading of the runbook that is open. */
  section(name: string): Locator {
    return this.#main.getByRole('heading', { name, exact: true })
  }

  focused(name: string): Locator {
    return this.section(name).and(this.page.locator(':focus'))
  }
}
