import type { Locator, Page } from 'playwright'

/** The dialog in which alerts are silenced, by roles and names. */
export class SilenceDialogPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Silence alerts' })
  }

  get comment(): Locator {
    return this.dialog.getByRole('textbox', { name: 'Comment' })
  }

  /** A matcher by its place, 1 for the first: the value of its label. */
  value(place: number): Locator {
    return this.dialog.getByRole('textbox', { name: `Value of matcher ${String(place)}` })
  }

  /** What it would hide, in a sentence. */
  get sum(): Locator {
    return this.dialog.getByRole('region', { name: 'Preview' }).getByRole('status')
  }

  warning(text: string | RegExp): Locator {
    return this.dialog
      .getByRole('list', { name: 'Warnings' })
      .getByRole('listitem')
      .filter({ hasText: text })
  }

  get existing(): Locator {
    return this.dialog.getByRole('region', { name: 'Existing silences' }).locator('[data-silence]')
  }

  button(name: string | RegExp): Locator {
    return this.dialog.getByRole('button', { name })
  }

  /** The matchers as they stand: `alertname = "A"`. */
  async matchers(): Promise<string[]> {
    const rows = await this.dialog.getByRole('combobox', { name: /^Operator of matcher/ }).count()
    const found: string[] = []
    for (let place = 1; place <= rows; place += 1) {
      const of = String(place)
      const name = this.dialog.getByRole('combobox', { name: `Label of matcher ${of}` })
      const operator = this.dialog.getByRole('combobox', { name: `Operator of matcher ${of}` })
      found.push(
        `${await name.inputValue()}${await operator.inputValue()}"${await this.value(place).inputValue()}"`,
      )
    }
    return found
  }
}
