import type { Locator, Page } from 'playwright'

const PATIENCE = { timeout: 30_000 }

/** The place *Handoff* as a person uses it. */
export class HandoffPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Goes there by its key, as soon as the cockpit takes keys. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Handoff', exact: true }).waitFor(PATIENCE)
    await this.page.keyboard.press('6')
    await this.page.getByRole('main', { name: 'Handoff' }).waitFor(PATIENCE)
  }

  /** A line of the draft by the beginning of what it says. */
  line(text: string): Locator {
    return this.page.locator('[data-line]').filter({ hasText: text }).first()
  }

  get paper(): Locator {
    return this.page.getByRole('article', { name: 'The handoff as it is read' })
  }

  get sources(): Locator {
    return this.page.getByRole('region', { name: 'Where the line comes from' })
  }

  async to(name: string): Promise<void> {
    await this.page.getByLabel('To', { exact: true }).selectOption(name)
  }

  /** One of the ways within the place, or a handoff that waits. */
  tab(name: string | RegExp): Locator {
    return this.page.getByRole('navigation', { name: 'Handoff' }).getByRole('button', { name })
  }

  async saved(): Promise<void> {
    await this.page.getByText(/Draft, saved/).waitFor(PATIENCE)
  }
}
