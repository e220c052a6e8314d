import type { Locator, Page } from 'playwright'

/** The walkthrough of a runbook as a person finds their way: by roles and names. */
export class WalkthroughPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get #main(): Locator {
    return this.page.getByRole('main', { name: 'Runbook', exact: true })
  }

  /** The heading of the step that is shown, once it has the focus. */
  focused(name: string | RegExp): Locator {
    return this.#main.getByRole('heading', { name }).and(this.page.locator(':focus'))
  }

  /** One of the answers to a question. */
  answer(name: string | RegExp): Locator {
    return this.#main.getByRole('button', { name })
  }

  button(name: string | RegExp): Locator {
    return this.#main.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** Puts the focus on the step, where its keys work. */
  async focusStep(): Promise<void> {
    await this.#main.getByRole('heading', { name: /^Step \d/ }).focus()
  }
}
