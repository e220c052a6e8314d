import type { Result } from '#shared/domain/result/result.ts'

/** Makes pages of paper of a document, on a host that can. */
export interface Printer {
  /**
   * A PDF of a whole HTML document that needs nothing else. Never rejects.
   *
   * @returns the file, or why there is none, as a sentence.
   */
  toPdf(html: string): Promise<Result<Uint8Array, string>>
}
