import type { Locator, Page } from 'playwright'

/** The playbook and the plan of an incident, as a person finds their way: by roles and names. */
export class PlaybookPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** Goes to the place of the playbook, by its key. */
  async open(): Promise<void> {
    await this.page.keyboard.press('7')
    await this.page.getByRole('main', { name: 'Playbook' }).waitFor()
  }

  /** The line of a plan by its title. */
  plan(title: string): Locator {
    return this.page
      .getByRole('main', { name: 'Playbook' })
      .getByRole('button', { name: title })
      .first()
  }

  /** A step or a "fixed when" of an incident's plan, by what it says and how it stands. */
  step(name: RegExp): Locator {
    return this.page.getByRole('checkbox', { name })
  }

  focusedStep(name: RegExp): Locator {
    return this.step(name).and(this.page.locator(':focus'))
  }

  /** The text of the file that is open. */
  get text(): Locator {
    return this.page.getByRole('textbox', { name: /^Text of/ })
  }

  /** What is selected in the text of the file that is open. */
  selectedText(): Promise<string> {
    return this.text.evaluate((field) =>
      field instanceof HTMLTextAreaElement
        ? field.value.slice(field.selectionStart, field.selectionEnd)
        : '',
    )
  }
}
