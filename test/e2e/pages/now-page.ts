import type { Locator, Page } from 'playwright'

/** The Now screen as a person finds their way on it: by roles and names, never by classes. */
export class NowPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** The lines of the queue, in their order. */
  get queue(): Locator {
    return this.page.locator('[data-incident]')
  }

  /** The line of an incident by a part of its title. */
  row(title: string | RegExp): Locator {
    return this.queue.filter({ hasText: title })
  }

  /** Puts the focus on the selected line of the queue, by its key. */
  async goToQueue(): Promise<void> {
    await this.page.keyboard.press('q')
    await this.page.locator('[data-incident]:focus').waitFor()
  }

  get title(): Locator {
    return this.page.locator('#incident-title')
  }

  action(name: string): Locator {
    return this.page.getByRole('group', { name: 'Actions' }).getByRole('button', { name })
  }

  get alerts(): Locator {
    return this.page.getByRole('table').getByRole('row')
  }

  get timeline(): Locator {
    return this.page.getByRole('region', { name: 'Timeline' }).getByRole('listitem')
  }

  get note(): Locator {
    return this.page.getByRole('textbox')
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  source(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Sources' }).getByRole('button', { name })
  }

  notice(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: text })
  }

  /** Shows all notices, where there are more than one. */
  async showNotices(): Promise<void> {
    const more = this.page.getByRole('button', { name: /more notices?$/ })
    if ((await more.count()) > 0) await more.click()
  }

  /** Opens a folded section of the queue, such as Suppressed. */
  async unfold(section: string): Promise<void> {
    const heading = this.page
      .getByRole('button', { name: section, exact: false })
      .filter({ hasText: section })
      .first()
    // By its key: while lines above are still measured, what is pressed with a pointer may move between
    // down and up.
    if ((await heading.getAttribute('aria-expanded')) === 'false') await heading.press('Enter')
  }
}
